package org.medseal.ledger.proof;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.proof.ProofException.Reason;

/**
 * A proof as a JSON file of one line: keys in one order, objects of the ledger in hexadecimal of
 * their canonical form. A proof has one file and a file one proof; whatever differs is refused.
 */
public final class ProofFile {
  /** Far above any proof that is made. */
  public static final int MAX_BYTES = 16 << 20;

  private static final int VERSION = 1;
  private static final int SETS = 2 * LedgerProof.MAX_BLOCKS;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ProofFile() {}

  public static byte[] encode(LedgerProof proof) {
    ObjectNode root = JSON.createObjectNode();
    root.put("medsealProof", VERSION);
    var sets = root.putArray("validatorSets");
    proof
        .sets()
        .forEach(each -> sets.add(ClaimJson.hex(out -> Registries.writeValidators(out, each))));
    var chain = root.putArray("headers");
    for (LightBlock block : proof.chain()) {
      chain
          .addObject()
          .put("header", ClaimJson.hex(out -> Blocks.writeHeader(out, block.header())))
          .put(
              "certificate",
              ClaimJson.hex(out -> Votes.writeCertificate(out, block.certificate())));
    }
    root.set("claim", ClaimJson.write(JSON.createObjectNode(), proof.claim()));
    return (root + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** ProofException MALFORMED for anything but the bytes {@link #encode} gives. */
  public static LedgerProof decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new ProofException(Reason.MALFORMED, "larger than any proof file");
    }
    LedgerProof proof = ProofFields.read(parse(bytes), ProofFile::read);
    if (!Arrays.equals(encode(proof), bytes)) {
      throw ProofFields.malformed("it is not in canonical form");
    }
    return proof;
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new ProofException(Reason.MALFORMED, "not JSON", e);
    }
  }

  private static LedgerProof read(ProofFields fields) {
    if (fields.number("medsealProof") != VERSION) {
      throw ProofFields.malformed("its version is another");
    }
    return new LedgerProof(
        fields.canonicals("validatorSets", SETS, Registries::readValidators),
        fields.objects("headers", LedgerProof.MAX_BLOCKS, ProofFile::block),
        fields.object("claim", ClaimJson::read));
  }

  private static LightBlock block(ProofFields fields) {
    return new LightBlock(
        fields.canonical("header", Blocks::readHeader),
        fields.canonical("certificate", Votes::readCertificate));
  }
}
