package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.medseal.ledger.node.LedgerVerification;
import org.medseal.ledger.node.VerificationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medseal ledger verify}: everything again from the genesis, without a network. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Replays the ledger of a home from its genesis, offline; names the first difference.")
final class LedgerVerifyCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Override
  public Integer call() {
    VerificationReport report = LedgerVerification.verify(at.home().root(), at.genesis());
    output.print(
        asJson(report),
        String.format(
            Locale.ROOT,
            "height %d, block %s, %d transactions: %s",
            report.height(),
            report.blockId(),
            report.transactions(),
            report.difference().orElse("everything holds")));
    return report.holds() ? 0 : MedSeal.FAILED;
  }

  private static JsonNode asJson(VerificationReport report) {
    ObjectNode node = Output.object();
    node.put("holds", report.holds());
    node.put("height", report.height());
    node.put("blockId", report.blockId().hex());
    node.put("stateRoot", report.stateRoot().hex());
    node.put("transactions", report.transactions());
    node.put("difference", report.difference().orElse(null));
    return node;
  }
}
