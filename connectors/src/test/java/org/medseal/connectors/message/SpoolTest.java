package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.medseal.connectors.message.StoreFixture.lease;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.journal.Disk;

class SpoolTest extends MessageStoreCase {
  private static final String NAME = "ZZCANARY^SPOOLED";
  private static final MessageLimits LIMITS =
      new MessageLimits(1 << 16, 8L << 20, 100, 1L << 30, 100);

  private static byte[] image(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(bytes);
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, bytes, sizeBytes - name.length, name.length);
    return bytes;
  }

  private List<Path> files() throws IOException {
    Path spool = home.resolve("inbox/spool");
    if (!Files.isDirectory(spool)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(spool)) {
      return all.toList();
    }
  }

  private static Arrival arrival(Content content) {
    return new Arrival(
        "scanner", Format.DICOM, content, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Receipt spooled(MessageStore store, byte[] image) throws IOException {
    try (SpoolStream spool = store.spool().create()) {
      for (int at = 0; at < image.length; at += 16_000) {
        spool.write(image, at, Math.min(16_000, image.length - at));
      }
      return store.receive(arrival(spool.finish()));
    }
  }

  /** Room is made for one like the last. */
  @Test
  void largeAfterSmallAndSmallAfterLargeAreReadBack() throws IOException {
    int inJournal = SpoolStream.IN_JOURNAL_BYTES;
    try (MessageStore store = fixture.open(LIMITS)) {
      for (int size : new int[] {20, inJournal, 30, inJournal + 1, 500_000, 4_096, 520_000}) {
        byte[] image = image(size);
        String id = spooled(store, image).id();
        assertThat(lease(store).orElseThrow().content().bytes()).isEqualTo(image);
        store.quarantined(id, QuarantineReason.UNPARSABLE, "P10");
      }
    }
  }

  @Test
  void whatCameInPiecesIsReadBackFromAnyByteAfterReopening() throws IOException {
    byte[] image = image(3_000_000);
    String id;
    try (MessageStore store = fixture.open(LIMITS)) {
      id = spooled(store, image).id();
    }
    try (MessageStore store = fixture.open(LIMITS)) {
      Lease lease = lease(store).orElseThrow();
      assertThat(lease.isSpooled()).isTrue();
      assertThat(lease.content().sizeBytes()).isEqualTo(image.length);
      assertThat(store.raw(id)).isEqualTo(image);
      try (InputStream in = lease.content().open(2_000_000)) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(image, 2_000_000, 3_000_000));
      }
    }
  }

  @Test
  void noClearByteAndNoNameOfASenderIsOnTheDisk() throws IOException {
    try (MessageStore store = fixture.open(LIMITS)) {
      spooled(store, image(2_000_000));
      assertThat(files()).hasSize(1);
      Path file = files().get(0);
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain(NAME);
      assertThat(file.getFileName().toString()).matches("[0-9a-f]{32}");
    }
  }

  @Test
  void whatFitsTheJournalMakesNoFile() throws IOException {
    byte[] image = image(500_000);
    try (MessageStore store = fixture.open(LIMITS)) {
      String id = spooled(store, image).id();
      assertThat(store.raw(id)).isEqualTo(image);
      assertThat(lease(store).orElseThrow().isSpooled()).isFalse();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aLargeFileGoesThroughTheSpoolByItself() throws IOException {
    byte[] image = image(2_000_000);
    Path file = Files.write(home.resolve("image"), image);
    try (MessageStore store = fixture.open(LIMITS)) {
      String id = store.receive(arrival(Content.of(file))).id();
      Files.delete(file);
      assertThat(store.raw(id)).isEqualTo(image);
    }
  }

  @Test
  void aSmallOneIsTheSameToTheInboxWhetherItsBytesWereHashedOnTheWayOrLater() throws IOException {
    byte[] image = image(2_000);
    try (MessageStore store = fixture.open(LIMITS)) {
      Receipt first = spooled(store, image);
      assertThat(store.receive(arrival(Content.of(image))))
          .isEqualTo(new Receipt(first.id(), Receipt.Status.DUPLICATE));
      assertThat(store.raw(first.id())).isEqualTo(image);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void theSameImageTwiceIsStoredOnceHoweverItCame() throws IOException {
    byte[] image = image(2_000_000);
    try (MessageStore store = fixture.open(LIMITS)) {
      Receipt first = spooled(store, image);
      assertThat(spooled(store, image))
          .isEqualTo(new Receipt(first.id(), Receipt.Status.DUPLICATE));
      assertThat(store.receive(arrival(Content.of(image))).status())
          .isEqualTo(Receipt.Status.DUPLICATE);
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void whatIsNotFinishedOrNotReceivedLeavesNothing() throws IOException {
    try (MessageStore store = fixture.open(LIMITS)) {
      try (SpoolStream spool = store.spool().create()) {
        spool.write(image(2_000_000));
        assertThat(files()).hasSize(1);
      }
      try (SpoolStream spool = store.spool().create()) {
        spool.write(image(2_000_000));
        spool.finish();
      }
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aFileThatNoMessageNamesGoesAtTheNextStart() throws IOException {
    byte[] image = image(2_000_000);
    try (MessageStore store = fixture.open(LIMITS)) {
      spooled(store, image);
      Files.write(home.resolve("inbox/spool/0123456789abcdef0123456789abcdef"), new byte[9]);
    }
    try (MessageStore store = fixture.open(LIMITS)) {
      assertThat(files()).hasSize(1);
      assertThat(lease(store).orElseThrow().content().bytes()).isEqualTo(image);
    }
  }

  @Test
  void theFileStaysWhileTheMessageMayBeReadAgainAndGoesWithIt() throws IOException {
    try (MessageStore store = fixture.open(LIMITS)) {
      String id = spooled(store, image(2_000_000)).id();
      store.quarantined(id, QuarantineReason.BURNED_IN_PIXELS, "(0008,0060)");
      assertThat(files()).hasSize(1);
      store.reprocess(id);
      SealedPart part = StoreFixture.part(1, 100);
      store.sealed(id, List.of(part));
      store.submitted(id);
      assertThat(files()).hasSize(1);
      store.committed(part.transaction().id(), 5, 0);
      assertThat(files()).isEmpty();
      assertThatExceptionOfType(MessageException.class)
          .isThrownBy(() -> store.content(id))
          .matches(e -> e.reason() == MessageException.Reason.GONE);
    }
    try (MessageStore store = fixture.open(LIMITS)) {
      assertThat(lease(store)).isEmpty();
    }
  }

  @Test
  void aNonRecordsFileGoes() throws IOException {
    try (MessageStore store = fixture.open(LIMITS)) {
      store.notARecord(spooled(store, image(2_000_000)).id(), "DICOMDIR");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aCutFileIsQuarantinedNotRead() throws IOException {
    String id;
    try (MessageStore store = fixture.open(LIMITS)) {
      id = spooled(store, image(2_000_000)).id();
    }
    byte[] sealed = Files.readAllBytes(files().get(0));
    Files.write(files().get(0), Arrays.copyOf(sealed, sealed.length - 65_536));
    try (MessageStore store = fixture.open(LIMITS)) {
      assertThatExceptionOfType(MessageException.class).isThrownBy(() -> lease(store));
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.QUARANTINED);
    }
  }

  @Test
  void anImageThatComesAgainIsTakenWhenItsStoredCopyIsDamaged() throws IOException {
    byte[] image = image(2_000_000);
    String lost;
    String again;
    try (MessageStore store = fixture.open(LIMITS)) {
      lost = spooled(store, image).id();
      byte[] sealed = Files.readAllBytes(files().get(0));
      sealed[sealed.length / 2] ^= 1;
      Files.write(files().get(0), sealed);
      Receipt receipt = spooled(store, image);
      assertThat(receipt.status()).isEqualTo(Receipt.Status.NEW);
      again = receipt.id();
      assertThat(store.find(lost).orElseThrow().state()).isEqualTo(MessageState.QUARANTINED);
      assertThat(store.raw(again)).isEqualTo(image);
    }
    try (MessageStore store = fixture.open(LIMITS)) {
      assertThat(spooled(store, image)).isEqualTo(new Receipt(again, Receipt.Status.DUPLICATE));
      assertThat(lease(store).orElseThrow().id()).isEqualTo(again);
      assertThatExceptionOfType(MessageException.class)
          .isThrownBy(() -> store.reprocess(lost))
          .matches(e -> e.reason() == MessageException.Reason.WRONG_STATE);
    }
  }

  @Test
  void anImageInQuarantineWhoseFileIsGoneIsTakenAgain() throws IOException {
    byte[] image = image(2_000_000);
    try (MessageStore store = fixture.open(LIMITS)) {
      spooled(store, image);
      Files.delete(files().get(0));
      assertThatExceptionOfType(MessageException.class).isThrownBy(() -> lease(store));
      Receipt receipt = spooled(store, image);
      assertThat(receipt.status()).isEqualTo(Receipt.Status.NEW);
      assertThat(lease(store).orElseThrow().content().bytes()).isEqualTo(image);
    }
  }

  @Test
  void aFinishedImageWhoseFileIsGoneStaysADuplicate() throws IOException {
    byte[] image = image(2_000_000);
    try (MessageStore store = fixture.open(LIMITS)) {
      String id = spooled(store, image).id();
      SealedPart part = StoreFixture.part(1, 100);
      store.sealed(id, List.of(part));
      Files.delete(files().get(0));
      assertThat(spooled(store, image)).isEqualTo(new Receipt(id, Receipt.Status.DUPLICATE));
      store.committed(part.transaction().id(), 5, 0);
      assertThat(spooled(store, image)).isEqualTo(new Receipt(id, Receipt.Status.DUPLICATE));
    }
  }

  @Test
  void theSpoolsNameIsOnDiskBeforeTheFirstImageAndItsFilesNamesWithThem() throws IOException {
    List<Path> synced = new ArrayList<>();
    Disk disk = noting(synced);
    try (MessageStore store = fixture.open(LIMITS, disk, 1 << 20)) {
      assertThat(home.resolve("inbox/spool")).isDirectory();
      assertThat(synced).contains(home.resolve("inbox"));
      synced.clear();
      spooled(store, image(2_000_000));
      assertThat(synced).contains(home.resolve("inbox/spool"));
    }
  }

  /** The real disk; notes the folders that are synced. */
  private static Disk noting(List<Path> synced) {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("syncFolder")) {
                synced.add((Path) arguments[0]);
              }
              return method.invoke(Disk.real(), arguments);
            });
  }

  @Test
  void aLargerOneThanAllowedIsRefusedBeforeItIsWhole() throws IOException {
    try (MessageStore store = fixture.open(LIMITS);
        SpoolStream spool = store.spool().create()) {
      spool.write(image(8 << 20));
      assertThatExceptionOfType(MessageException.class)
          .isThrownBy(() -> spool.write(0))
          .matches(e -> e.reason() == MessageException.Reason.TOO_LARGE);
    }
  }

  @Test
  void aFullInboxTakesNoFurtherOne() throws IOException {
    MessageLimits one = new MessageLimits(1 << 16, 8L << 20, 1, 1L << 30, 100);
    try (MessageStore store = fixture.open(one)) {
      spooled(store, image(2_000_000));
      assertThatExceptionOfType(BackPressureException.class)
          .isThrownBy(() -> store.spool().create());
    }
  }
}
