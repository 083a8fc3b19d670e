package org.medseal.ledger.proof;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.merkle.ConsistencyProof;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.Hash;

/** Claims as the JSON of a proof file. */
final class ClaimJson {
  /** Nodes of a path in a tree of less than 2^63 leaves, and of a consistency proof. */
  private static final int PATH = 2 * Long.SIZE;

  private static final String IN_BLOCK = "in-block";
  private static final String IN_HISTORY = "in-history";
  private static final String GROWN = "grown";

  private ClaimJson() {}

  static String hex(Consumer<CanonicalWriter> content) {
    CanonicalWriter out = new CanonicalWriter();
    content.accept(out);
    return out.toBytes().hex();
  }

  static ObjectNode write(ObjectNode node, Claim claim) {
    if (claim instanceof Claim.InBlock in) {
      node.put("kind", IN_BLOCK).put("transaction", in.transaction().hex());
      node.put("height", in.height());
      writePath(node, in.path());
    } else if (claim instanceof Claim.InHistory in) {
      node.put("kind", IN_HISTORY).put("transaction", in.transaction().hex());
      writeHistory(node.putObject("history"), in.at());
      writePath(node, in.path());
    } else if (claim instanceof Claim.Grown grown) {
      node.put("kind", GROWN);
      writeHistory(node.putObject("from"), grown.from());
      writeHistory(node.putObject("to"), grown.to());
      write(node.putArray("path"), grown.path().path());
    }
    return node;
  }

  private static void writePath(ObjectNode node, InclusionProof path) {
    node.put("index", path.index()).put("size", path.size());
    write(node.putArray("path"), path.path());
  }

  private static void writeHistory(ObjectNode node, HistoryAt at) {
    node.put("height", at.height()).put("size", at.size());
    write(node.putArray("peaks"), at.history().frontier().peaks());
    node.put("stateParts", at.history().place().size());
    write(node.putArray("statePath"), at.history().place().path());
  }

  private static void write(ArrayNode array, List<Hash> hashes) {
    hashes.forEach(each -> array.add(each.hex()));
  }

  static Claim read(ProofFields fields) {
    try {
      return switch (fields.text("kind")) {
        case IN_BLOCK ->
            new Claim.InBlock(
                fields.hash("transaction"), fields.number("height"), readPath(fields));
        case IN_HISTORY ->
            new Claim.InHistory(
                fields.hash("transaction"),
                fields.object("history", ClaimJson::readHistory),
                readPath(fields));
        case GROWN -> {
          HistoryAt from = fields.object("from", ClaimJson::readHistory);
          HistoryAt to = fields.object("to", ClaimJson::readHistory);
          yield new Claim.Grown(
              from, to, new ConsistencyProof(from.size(), to.size(), fields.hashes("path", PATH)));
        }
        default -> throw ProofFields.malformed("its claim is of an unknown kind");
      };
    } catch (IllegalArgumentException e) {
      throw ProofFields.malformed("its claim does not fit together");
    }
  }

  private static InclusionProof readPath(ProofFields fields) {
    return new InclusionProof(
        fields.number("index"), fields.number("size"), fields.hashes("path", PATH));
  }

  private static HistoryAt readHistory(ProofFields fields) {
    return new HistoryAt(
        fields.number("height"),
        new StateHistory(
            new MerkleFrontier(fields.number("size"), fields.hashes("peaks", PATH)),
            new InclusionProof(
                StateHistory.PART, fields.number("stateParts"), fields.hashes("statePath", PATH))));
  }
}
