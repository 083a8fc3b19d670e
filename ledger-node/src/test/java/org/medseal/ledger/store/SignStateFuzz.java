package org.medseal.ledger.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.fuzz.FuzzTarget;
import org.medseal.ledger.journal.Disk;

/** The sign-state file. */
public final class SignStateFuzz {
  private SignStateFuzz() {}

  public static FuzzTarget target() {
    try {
      Path folder = Files.createTempDirectory("sign-state");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("sign-state");
      SignStateFile.open(file, Disk.real())
          .record(new SignSlot(7, 1, SignSlot.PREVOTE), new byte[] {1, 2, 3}, new byte[64]);
      return new FuzzTarget(
          "sign-state", List.of(Files.readAllBytes(file)), bytes -> open(file, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void open(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
      SignStateFile.open(file, Disk.real());
    } catch (StoreException refused) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
