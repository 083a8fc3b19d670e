package org.medseal.bench.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.medseal.bench.HomeNode;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.LedgerNode;

/**
 * One ledger node of a home, driven by lines: a transaction in hex is submitted; the end of the
 * input closes the node. It prints UP, every block as {@code B height id count-of-evidence ids…},
 * and every answer as {@code V id code}. Arguments: home, position in the genesis, first height to
 * print.
 */
final class FaultNodeMain {
  private FaultNodeMain() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (HomeNode opened = HomeNode.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
      LedgerNode node = opened.node();
      node.onFailure(
          cause -> {
            cause.printStackTrace();
            Runtime.getRuntime().halt(3);
          });
      node.start();
      out.println("UP");
      node.onBlock(
          Long.parseLong(arguments[2]),
          block -> out.println(line(block, evidence(node, block.height()))));
      serve(node, out);
    }
  }

  private static int evidence(LedgerNode node, long height) {
    return node.block(height).orElseThrow().evidence().size();
  }

  private static String line(CommittedBlock block, int evidence) {
    return "B %d %s %d %s"
        .formatted(
            block.height(),
            block.blockId(),
            evidence,
            block.transactions().stream()
                .map(each -> each.id().toString())
                .collect(Collectors.joining(" ")));
  }

  private static void serve(LedgerNode node, PrintStream out) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      IdentifiedTransaction transaction = Transactions.decode(Bytes.fromHex(line).toArray());
      Verdict verdict = node.submit(transaction.transaction());
      out.println("V " + transaction.id() + " " + verdict.code());
    }
  }
}
