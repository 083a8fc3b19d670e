package org.medseal.tracing;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.proof.LedgerProof;
import org.medseal.ledger.proof.ProofException;
import org.medseal.ledger.proof.ProofFile;
import org.medseal.tracing.TraceException.Reason;

/**
 * A finding with proofs that the ledger holds what it rests on, as one line of JSON. A proof has
 * one file and a file one proof; whatever differs is refused.
 *
 * @param record that the ledger holds the record
 * @param epochStart the record's epoch; none for the first, which stands in the genesis
 * @param join how the named institution entered the group, if it came after the genesis
 */
public record TraceProofFile(
    TraceFinding finding, LedgerProof record, Optional<Proven> epochStart, Optional<Proven> join) {
  /** Far above any that is made: three proofs of the ledger's. */
  public static final int MAX_BYTES = 3 * ProofFile.MAX_BYTES;

  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A transaction and the proof that the ledger holds it. */
  public record Proven(IdentifiedTransaction transaction, LedgerProof proof) {}

  /** One line of JSON. */
  public byte[] encoded() {
    ObjectNode root = JSON.createObjectNode();
    root.put("medsealTraceProof", VERSION);
    root.set("finding", tree(finding.exported()));
    root.set("record", tree(ProofFile.encode(record)));
    epochStart.ifPresent(each -> root.set("epochStart", write(each)));
    join.ifPresent(each -> root.set("join", write(each)));
    return line(root);
  }

  /** NOT_PROVEN for anything but the bytes {@link #encoded} gives. */
  public static TraceProofFile decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw noProof();
    }
    try {
      TraceProofFile file = read(JSON.readTree(bytes));
      if (!Arrays.equals(file.encoded(), bytes)) {
        throw noProof();
      }
      return file;
    } catch (IOException | ProofException | CodecException | IllegalArgumentException e) {
      throw noProof();
    }
  }

  private static TraceProofFile read(JsonNode root) {
    return new TraceProofFile(
        TraceFinding.parse(root.path("finding").toString().getBytes(StandardCharsets.UTF_8))
            .orElseThrow(TraceProofFile::noProof),
        ProofFile.decode(line(root.path("record"))),
        Optional.ofNullable(root.get("epochStart")).map(TraceProofFile::readProven),
        Optional.ofNullable(root.get("join")).map(TraceProofFile::readProven));
  }

  private static ObjectNode write(Proven proven) {
    ObjectNode node = JSON.createObjectNode();
    node.put("transaction", proven.transaction().encoded().hex());
    node.set("proof", tree(ProofFile.encode(proven.proof())));
    return node;
  }

  private static Proven readProven(JsonNode node) {
    Bytes transaction = Bytes.fromHex(node.path("transaction").asText());
    return new Proven(
        Transactions.decode(transaction.toArray()), ProofFile.decode(line(node.path("proof"))));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("JSON of our own does not parse", e);
    }
  }

  private static byte[] line(JsonNode node) {
    return (node + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static TraceException noProof() {
    return new TraceException(Reason.NOT_PROVEN, "This is no trace proof file of this version.");
  }
}
