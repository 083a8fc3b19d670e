package org.medseal.ledger.genesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.genesis.GenesisException.Reason;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;

/**
 * The genesis as a JSON file that people can read: byte strings in hexadecimal, every key required,
 * no other allowed. Its hash is over the canonical binary form, whatever the file looks like.
 */
public final class GenesisFile {
  private static final long MAX_FILE_BYTES = 16 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private GenesisFile() {}

  /** IO or MALFORMED, naming the file and the key. Does not {@link #validate}. */
  public static Genesis read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new GenesisException(Reason.MALFORMED, file + ": larger than any genesis");
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      return GenesisJson.read(JsonFields.of(root, file.toString()));
    } catch (JsonProcessingException e) {
      throw new GenesisException(
          Reason.MALFORMED, file + ": " + line(e) + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new GenesisException(Reason.IO, file + ": cannot be read", e);
    }
  }

  /** Jackson does not say where nesting grew too deep. */
  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
  }

  /** Replaces the file as a whole. */
  public static void write(Genesis genesis, Path file) {
    Path target = file.toAbsolutePath();
    Path draft = target.resolveSibling(target.getFileName() + ".new");
    try {
      Files.write(draft, JSON.writeValueAsBytes(GenesisJson.write(genesis)));
      move(draft, target);
    } catch (IOException e) {
      throw new GenesisException(Reason.IO, file + ": cannot be written", e);
    }
  }

  public static Hash hash(Genesis genesis) {
    return Registries.genesisHash(genesis);
  }

  /**
   * UNSOUND, naming what is wrong: names, keys and pins not unique, stake above the cap, a proof,
   * signature or credential that does not verify, an institution that does not exist.
   */
  public static void validate(Genesis genesis) {
    new GenesisRules(genesis).validate();
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
