package org.medseal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.journal.JournalOptions;

/** A trail whose files somebody changes while the node runs. */
class RereadingTest {
  private static final JournalOptions SIZES = new JournalOptions(16L << 20, 64 << 10);
  private @TempDir Path folder;
  private AuditTrail trail;

  @BeforeEach
  void start() {
    trail = AuditTrail.open(folder.resolve("audit"));
    recorded(1, 5);
    assertThat(trail.rereadNew()).isEmpty();
  }

  @AfterEach
  void stop() {
    trail.close();
  }

  private void recorded(int from, int to) {
    for (int i = from; i <= to; i++) {
      trail.record(
          new AuditEntry(
              AuditAction.LOOK_UP, "dr-li", AuditEntry.OK, Map.of("n", String.valueOf(i))));
    }
  }

  private interface Forgery {
    void change(List<byte[]> frames);
  }

  /** Well-formed frames with right checksums, put in place of the file that the node writes. */
  private void forged(Forgery forgery) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    Files.copy(
        file(folder.resolve("audit")), copy.resolve(file(folder.resolve("audit")).getFileName()));
    List<byte[]> frames = new ArrayList<>();
    try (Journal journal = Journal.open(copy, SIZES)) {
      journal.replay(journal.firstPosition(), (at, type, frame) -> frames.add(frame.clone()));
    }
    forgery.change(frames);
    Path made = Files.createTempDirectory(folder, "made");
    try (Journal journal = Journal.open(made, SIZES)) {
      frames.forEach(frame -> journal.append(1, frame));
    }
    Files.move(file(made), file(folder.resolve("audit")), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path file(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> !each.endsWith("lock")).findFirst().orElseThrow();
    }
  }

  private static byte[] byAnother(byte[] frame) {
    String text = new String(frame, StandardCharsets.ISO_8859_1);
    return text.replace("dr-li", "dr-wu").getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void anUntouchedTrailIsFoundWholeHoweverOftenItIsRead() {
    for (int i = 6; i < 9; i++) {
      recorded(i, i);
      assertThat(trail.rereadNew()).isEmpty();
      assertThat(trail.rereadNew()).isEmpty();
    }
    assertThat(trail.rereadAll()).isEmpty();
    trail.close();
    trail = AuditTrail.open(folder.resolve("audit"));
    assertThat(trail.rereadNew()).isEmpty();
    recorded(9, 9);
    assertThat(trail.rereadNew()).isEmpty();
    assertThat(trail.rereadAll()).isEmpty();
  }

  @Test
  void anEmptyTrailIsWhole() {
    try (AuditTrail empty = AuditTrail.open(folder.resolve("empty"))) {
      assertThat(empty.rereadNew()).isEmpty();
      assertThat(empty.rereadAll()).isEmpty();
    }
  }

  @Test
  void aChangeBehindTheRememberedEntryShowsAtOnce() throws IOException {
    recorded(6, 8);
    forged(frames -> frames.set(6, byAnother(frames.get(6))));
    assertThat(trail.rereadNew()).contains(7L);
    assertThat(trail.rereadNew()).as("until all is read again").contains(7L);
    assertThat(trail.rereadAll()).contains(7L);
  }

  @Test
  void aChangeOfTheNewestEntryShowsAtOnce() throws IOException {
    recorded(6, 8);
    forged(frames -> frames.set(7, byAnother(frames.get(7))));
    assertThat(trail.rereadNew()).contains(8L);
  }

  @Test
  void aChangeBeforeTheRememberedEntryShowsWhenAllIsRead() throws IOException {
    forged(frames -> frames.set(1, byAnother(frames.get(1))));
    assertThat(trail.rereadNew()).as("nothing new").isEmpty();
    assertThat(trail.rereadAll()).contains(2L);
    assertThat(trail.rereadNew()).as("and from then on").contains(2L);
  }

  @Test
  void aDeletionBehindTheRememberedEntryShowsAtOnce() throws IOException {
    recorded(6, 8);
    forged(frames -> frames.remove(6));
    assertThat(trail.rereadNew()).hasValueSatisfying(at -> assertThat(at).isBetween(6L, 7L));
  }

  @Test
  void aDeletionBeforeTheRememberedEntryShowsWhenAllIsRead() throws IOException {
    forged(frames -> frames.remove(1));
    assertThat(trail.rereadAll()).hasValueSatisfying(at -> assertThat(at).isBetween(1L, 2L));
  }

  @Test
  void aFileThatIsGoneShowsWithTheNextEntry() throws IOException {
    Files.delete(file(folder.resolve("audit")));
    recorded(6, 6);
    assertThat(trail.rereadNew()).contains(6L);
    assertThat(trail.rereadAll()).contains(1L);
  }

  /** As when no more files can be opened: nothing is known, so nothing is said of the trail. */
  @Test
  void aFileThatCannotBeReadForNowIsNoChange() throws IOException {
    recorded(6, 6);
    Path file = file(folder.resolve("audit"));
    Path aside = Files.move(file, folder.resolve("aside"));
    Files.createDirectory(file);
    assertThatThrownBy(trail::rereadNew).isInstanceOf(JournalException.class);
    assertThatThrownBy(trail::rereadAll).isInstanceOf(JournalException.class);
    Files.delete(file);
    Files.move(aside, file);
    assertThat(trail.rereadNew()).isEmpty();
    assertThat(trail.rereadAll()).isEmpty();
  }

  @Test
  void aTrailWrittenAnewAsASoundChainIsNotTheOneThisNodeWrote() throws IOException {
    List<byte[]> others = new ArrayList<>();
    Path other = folder.resolve("other");
    try (AuditTrail sound = AuditTrail.open(other)) {
      for (int i = 1; i <= 5; i++) {
        sound.record(
            new AuditEntry(
                AuditAction.LOOK_UP, "dr-wu", AuditEntry.OK, Map.of("n", String.valueOf(i))));
      }
    }
    try (Journal journal = Journal.open(other, SIZES)) {
      journal.replay(journal.firstPosition(), (at, type, frame) -> others.add(frame.clone()));
    }
    forged(
        frames -> {
          frames.clear();
          frames.addAll(others);
        });
    assertThat(trail.rereadAll()).isPresent();
  }
}
