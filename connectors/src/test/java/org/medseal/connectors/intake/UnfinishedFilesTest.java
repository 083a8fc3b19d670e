package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.inbox.FileAttempts;
import org.medseal.connectors.inbox.FileFailed;
import org.medseal.connectors.message.MessageState;

class UnfinishedFilesTest extends RouteCase {
  private static final byte[] OPENING = Hospital.bytes("FHS|^~\\&|A\rBHS|^~\\&|A\r");

  @Test
  void aBatchIsTakenOnlyOnceItsTrailerIsThere() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      drop("hl7", "a-batch.hl7", concat(OPENING, adt("1", "1")));
      hospital.start("feeds/hl7-folder.yaml");
      drop("hl7", "b-later.hl7", adt("2", "2"));
      Path batch = home.resolve("drop/hl7/a-batch.hl7");
      // Files are looked at by name: when the later one is gone, the batch was passed over.
      awaitTrue(() -> isGone("b-later.hl7"));
      assertThat(batch).exists();
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
      byte[] rest = concat(adt("3", "3"), Hospital.bytes("BTS|2\rFTS|1\r"));
      Files.write(batch, rest, StandardOpenOption.APPEND);
      awaitTrue(() -> isGone("a-batch.hl7"));
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(3);
      assertThat(hospital.store.counts().get(MessageState.QUARANTINED)).isZero();
    }
  }

  @Test
  void aBatchThatNobodyGoesOnWritingIsTakenAndItsMissingEndQuarantined() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      drop("hl7", "batch.hl7", concat(OPENING, adt("1", "1")));
      Files.setLastModifiedTime(
          home.resolve("drop/hl7/batch.hl7"),
          FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
      hospital.start("feeds/hl7-folder.yaml");
      awaitTrue(() -> isGone("batch.hl7"));
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
      assertThat(hospital.store.list(Optional.of(MessageState.QUARANTINED), 10, Optional.empty()))
          .singleElement()
          .satisfies(m -> assertThat(m.reason()).contains(QuarantineReason.TRUNCATED));
    }
  }

  @Test
  void aFileThatCannotBeReadIsMovedAsideUnderANameThatTellsNothing() throws Exception {
    try (LogCapture log = LogCapture.open();
        Hospital hospital = new Hospital(home, ROOM)) {
      hospital.camel.getRegistry().unbind("hl7Files");
      hospital.camel.getRegistry().bind("hl7Files", new Unreadable());
      InstantSource threeMinutesALook = new Ticking(Duration.ofMinutes(3));
      hospital.camel.getRegistry().unbind("fileFailed");
      FileAttempts attempts = new FileAttempts(threeMinutesALook);
      hospital.camel.getRegistry().bind("fileFailed", new FileFailed(threeMinutesALook, attempts));
      hospital.start("feeds/hl7-folder.yaml");
      drop("hl7", CANARY + ".hl7", adt("1", "1"));
      Path aside = home.resolve("drop/hl7/.failed");
      awaitTrue(() -> Files.isDirectory(aside) && isGone(CANARY + ".hl7"));
      try (Stream<Path> files = Files.list(aside)) {
        List<Path> all = files.toList();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).toString()).doesNotContain(CANARY);
        assertThat(Files.readAllBytes(all.get(0))).isEqualTo(adt("1", "1"));
      }
      awaitTrue(() -> log.text().contains("is now .failed/"));
      assertThat(log.text()).doesNotContain(CANARY);
    }
  }

  /** Stands in for a disk that does not give the file's bytes back. */
  public static final class Unreadable {
    public Iterable<Object> split(InputStream file) {
      return () -> {
        throw new UncheckedIOException(new IOException("of the test"));
      };
    }
  }

  private static final class Ticking implements InstantSource {
    private final Duration tick;
    private Instant now = Instant.EPOCH;

    Ticking(Duration tick) {
      this.tick = tick;
    }

    @Override
    public synchronized Instant instant() {
      now = now.plus(tick);
      return now;
    }
  }

  private boolean isGone(String name) {
    return Files.notExists(home.resolve("drop/hl7").resolve(name));
  }
}
