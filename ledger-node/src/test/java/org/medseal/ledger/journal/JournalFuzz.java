package org.medseal.ledger.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.medseal.ledger.fuzz.FuzzTarget;

/** A journal's only file, opened and read through. */
public final class JournalFuzz {
  private static final JournalOptions OPTIONS = new JournalOptions(1 << 16, 1 << 12);

  private JournalFuzz() {}

  public static FuzzTarget target() {
    try {
      Path folder = Files.createTempDirectory("journal");
      folder.toFile().deleteOnExit();
      try (Journal journal = Journal.open(folder, OPTIONS)) {
        for (int i = 0; i < 3; i++) {
          journal.append(i + 1, ("frame " + i).getBytes(StandardCharsets.UTF_8));
        }
        journal.sync();
      }
      Path file;
      try (Stream<Path> files = Files.list(folder)) {
        file = files.filter(each -> each.toFile().length() > 0).findFirst().orElseThrow();
      }
      byte[] seed = Files.readAllBytes(file);
      return new FuzzTarget("journal", List.of(seed), bytes -> open(folder, file, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void open(Path folder, Path file, byte[] bytes) {
    try {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(each -> each.toFile().delete());
      }
      Files.write(file, bytes);
      try (Journal journal = Journal.open(folder, OPTIONS)) {
        journal.replay(journal.firstPosition(), (position, type, payload) -> {});
      }
    } catch (JournalException refused) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
