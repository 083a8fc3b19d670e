package org.medseal.ledger.genesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.fuzz.FuzzTarget;

/** The genesis file: reading it and judging what was read. */
public final class GenesisFuzz {
  private GenesisFuzz() {}

  public static FuzzTarget target() {
    Path file = file();
    GenesisFile.write(new TestConsortium(1).genesis(), file);
    try {
      return new FuzzTarget(
          "genesis", List.of(Files.readAllBytes(file)), bytes -> read(file, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("genesis", ".json");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
      GenesisFile.validate(GenesisFile.read(file));
    } catch (GenesisException refused) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
