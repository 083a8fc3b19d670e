package org.medseal.connectors.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTakenTest {
  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
  @TempDir Path folder;
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final AtomicReference<Instant> now = new AtomicReference<>(WRITTEN);
  private final FileAttempts attempts = new FileAttempts(now::get);
  private final FileTaken taken = new FileTaken(attempts);
  private Path path;

  @BeforeEach
  void aFileAboutToBeRead() throws Exception {
    path = write("export.hl7", "first");
    exchange.setProperty(Exchange.FILE_EXCHANGE_FILE, picked());
    new FileNoted().process(exchange);
  }

  @Test
  void whatWasReadIsDeleted() throws Exception {
    taken.process(exchange);
    assertFolderIsEmpty();
  }

  @Test
  void anotherFileOfTheSameSizeAndTimeUnderItsNameStays() throws Exception {
    // Written while the first is still there, so that it cannot get the inode of the first.
    Files.move(write("next", "other"), path, StandardCopyOption.REPLACE_EXISTING);
    taken.process(exchange);
    assertThat(path).hasContent("other");
  }

  @Test
  void oneWrittenAnewInPlaceStays() throws Exception {
    Files.writeString(path, "again");
    taken.process(exchange);
    assertThat(path).hasContent("again");
  }

  @Test
  void oneThatGrewStays() throws Exception {
    Files.writeString(path, "more", StandardOpenOption.APPEND);
    Files.setLastModifiedTime(path, FileTime.from(WRITTEN));
    taken.process(exchange);
    assertThat(path).hasContent("firstmore");
  }

  @Test
  void oneThatIsGoneDoesNoHarm() throws Exception {
    Files.delete(path);
    taken.process(exchange);
    assertFolderIsEmpty();
  }

  @Test
  void whatARouteDidNotNoteIsComparedWithWhatWasListed() throws Exception {
    exchange.removeProperty(FileNoted.MARK);
    Files.writeString(path, "again");
    taken.process(exchange);
    assertThat(path).exists();
    exchange.setProperty(Exchange.FILE_EXCHANGE_FILE, picked());
    taken.process(exchange);
    assertFolderIsEmpty();
  }

  @Test
  void aFileIsGivenUpOnlyAfterEnoughAttemptsOverLongEnough() {
    for (int i = 0; i < 100; i++) {
      assertThat(attempts.failed(path)).isFalse();
    }
    now.set(WRITTEN.plus(FileAttempts.PATIENCE).minusMillis(1));
    assertThat(attempts.failed(path)).isFalse();
    now.set(WRITTEN.plus(FileAttempts.PATIENCE));
    assertThat(attempts.failed(path)).isTrue();
  }

  @Test
  void longFailingIsNotEnoughWithoutTheAttempts() {
    attempts.failed(path);
    now.set(WRITTEN.plus(Duration.ofDays(1)));
    for (int i = 2; i < FileAttempts.MAX_ATTEMPTS; i++) {
      assertThat(attempts.failed(path)).isFalse();
    }
    assertThat(attempts.failed(path)).isTrue();
  }

  @Test
  void aFileThatCouldBeReadStartsAnew() throws Exception {
    for (int i = 0; i < 100; i++) {
      attempts.failed(path);
    }
    now.set(WRITTEN.plus(FileAttempts.PATIENCE));
    taken.process(exchange);
    assertThat(attempts.failed(path)).isFalse();
  }

  @Test
  void aFileInWhichNothingTellsTheEndRests() throws Exception {
    Path lines = write("export.ndjson", "{}\n");
    assertThat(settledAfter(Duration.ofMillis(9_999), lines)).isFalse();
    assertThat(settledAfter(Duration.ofSeconds(10), lines)).isTrue();
  }

  @Test
  void aWholeFileNeedsNoRestAndOneWithoutItsEndALongOne() throws Exception {
    Path whole = write("whole.json", "[{}]");
    Path open = write("open.json", "[{}");
    assertThat(settledAfter(Duration.ZERO, whole)).isTrue();
    assertThat(settledAfter(Duration.ofSeconds(599), open)).isFalse();
    assertThat(settledAfter(Duration.ofMinutes(10), open)).isTrue();
  }

  private static boolean settledAfter(Duration rest, Path file) {
    return new SettledFiles(
            new FileRests(Duration.ofSeconds(10), Duration.ofMinutes(10)),
            InstantSource.fixed(WRITTEN.plus(rest)))
        .accept(generic(file));
  }

  private GenericFile<File> picked() {
    return generic(path);
  }

  private static GenericFile<File> generic(Path path) {
    GenericFile<File> file = new GenericFile<>();
    file.setFile(path.toFile());
    file.setAbsoluteFilePath(path.toString());
    file.setAbsolute(true);
    file.setFileLength(path.toFile().length());
    file.setLastModified(path.toFile().lastModified());
    return file;
  }

  private Path write(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
  }

  private void assertFolderIsEmpty() throws Exception {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
