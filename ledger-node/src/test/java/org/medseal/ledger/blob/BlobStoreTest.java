package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.ledger.blob.BlobContent.blob;
import static org.medseal.ledger.blob.BlobContent.chunks;
import static org.medseal.ledger.blob.BlobContent.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.blob.BlobStore.Begun;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.journal.SimulatedDisk;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Payload;

class BlobStoreTest {
  private static final Path FOLDER = Path.of("/home/blobs");
  private static final int CHUNK = Payload.Blob.CHUNK_BYTES;
  private static final long QUOTA = 8L << 20;
  private static final byte[] CONTENT = content(2 * CHUNK + 777);

  private final SimulatedDisk disk = new SimulatedDisk();

  private static BlobStore open(SimulatedDisk on) {
    return open(on, QUOTA);
  }

  private static BlobStore open(SimulatedDisk on, long quotaBytes) {
    return BlobStore.open(FOLDER, on, room(on, quotaBytes), State.REPLICA);
  }

  private static Room room(SimulatedDisk on, long quotaBytes) {
    return new Room(FOLDER, on, new BlobParameters(4, 3, quotaBytes, 1_000), OptionalLong.empty());
  }

  private static void fill(BlobStore store, byte[] content) {
    Payload.Blob blob = blob(content);
    assertThat(store.begin(blob, 5)).isEqualTo(Begun.READY);
    List<byte[]> chunks = chunks(content);
    chunks
        .subList(store.progress(blob.chunkRoot()), chunks.size())
        .forEach(each -> store.append(blob.chunkRoot(), each));
    assertThat(store.complete(blob.chunkRoot())).isTrue();
  }

  private static void assertWhole(BlobStore store, byte[] content) {
    Held held = store.find(blob(content).chunkRoot()).orElseThrow();
    assertThat(held.isWhole()).isTrue();
    List<byte[]> chunks = chunks(content);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(store.read(held, i)).isEqualTo(chunks.get(i));
    }
  }

  @Test
  void whatIsCompleteSurvivesAPowerCut() {
    fill(open(disk), CONTENT);
    assertWhole(open(disk.afterPowerCut(0)), CONTENT);
  }

  @Test
  void afterACrashAtAnyPointABlobIsWholeOrGoesOnFromWhereItsDiskSays() {
    int points = crashAt(Integer.MAX_VALUE, 0);
    assertThat(points).isGreaterThan(10);
    for (int point = 1; point <= points; point++) {
      crashAt(point, 0);
      crashAt(point, 1000);
    }
  }

  /** Operations until the crash, or all there are. */
  private static int crashAt(int point, int unsyncedBytesKept) {
    SimulatedDisk crashing = new SimulatedDisk();
    int[] operations = {0};
    crashing.hook(
        (operation, file) -> {
          if (++operations[0] == point) {
            throw new IOException("power");
          }
        });
    boolean acknowledged = false;
    try {
      fill(open(crashing), CONTENT);
      acknowledged = true;
    } catch (BlobException e) {
      assertThat(e.reason()).isEqualTo(BlobException.Reason.DISK_FAILED);
    }
    BlobStore after = open(crashing.afterPowerCut(unsyncedBytesKept));
    boolean whole = after.find(blob(CONTENT).chunkRoot()).filter(Held::isWhole).isPresent();
    if (acknowledged) {
      assertThat(whole).isTrue();
    }
    if (!whole) {
      fill(after, CONTENT);
    }
    assertWhole(after, CONTENT);
    return operations[0];
  }

  @Test
  void anUploadGoesOnAfterARestartFromWhatWasSynced() {
    byte[] large = content(Incoming.SYNC_CHUNKS * CHUNK + 5);
    BlobStore store = open(disk, 1L << 30);
    Payload.Blob blob = blob(large);
    store.begin(blob, 1);
    chunks(large).subList(0, Incoming.SYNC_CHUNKS).forEach(c -> store.append(blob.chunkRoot(), c));
    BlobStore again = open(disk.afterPowerCut(0), 1L << 30);
    assertThat(again.begin(blob, 1)).isEqualTo(Begun.READY);
    assertThat(again.progress(blob.chunkRoot())).isEqualTo(Incoming.SYNC_CHUNKS);
    fill(again, large);
    assertWhole(again, large);
  }

  @Test
  void chunksThatDoNotMakeUpTheRootAreThrownAway() {
    Room room = room(disk, QUOTA);
    BlobStore store = BlobStore.open(FOLDER, disk, room, State.REPLICA);
    Payload.Blob blob = blob(CONTENT);
    store.begin(blob, 1);
    List<byte[]> chunks = chunks(CONTENT);
    store.append(blob.chunkRoot(), chunks.get(1));
    store.append(blob.chunkRoot(), chunks.get(0));
    store.append(blob.chunkRoot(), chunks.get(2));
    assertThat(store.complete(blob.chunkRoot())).isFalse();
    assertThat(store.find(blob.chunkRoot())).isEmpty();
    assertThat(room.usedBytes()).isZero();
  }

  @Test
  void roomIsSetAsideBeforeTheFirstByte() {
    Room room = room(disk, QUOTA);
    BlobStore store = BlobStore.open(FOLDER, disk, room, State.REPLICA);
    byte[] half = content((int) (QUOTA / 2));
    byte[] more = content((int) (QUOTA / 2) + 1);
    assertThat(store.begin(blob(half), 1)).isEqualTo(Begun.READY);
    assertThat(room.usedBytes()).isEqualTo(half.length);
    assertThat(store.begin(blob(more), 1)).isEqualTo(Begun.NO_ROOM);
    store.abandon(blob(half).chunkRoot());
    assertThat(store.begin(blob(more), 1)).isEqualTo(Begun.READY);
    Room again = room(disk, QUOTA);
    BlobStore.open(FOLDER, disk, again, State.REPLICA);
    assertThat(again.usedBytes()).isEqualTo(more.length);
  }

  private static Payload.Blob lie(long sizeBytes) {
    return new Payload.Blob(blob(CONTENT).chunkRoot(), sizeBytes, Payload.Blob.chunks(sizeBytes));
  }

  @Test
  void aClaimOfAnotherSizeGivesWayToTheNextOne() {
    Room room = room(disk, QUOTA);
    BlobStore store = BlobStore.open(FOLDER, disk, room, State.REPLICA);
    assertThat(store.begin(lie(CONTENT.length - 1), 1)).isEqualTo(Begun.READY);
    fill(store, CONTENT);
    assertWhole(store, CONTENT);
    assertThat(room.usedBytes()).isEqualTo(CONTENT.length);
    assertThat(store.begin(lie(CONTENT.length - 1), 1)).isEqualTo(Begun.OTHER_SIZE);
  }

  @Test
  void aRecordOnTheLedgerMarksNoClaimOfAnotherSize() {
    BlobStore store = open(disk);
    store.begin(lie(CONTENT.length - 1), 1);
    store.committed(blob(CONTENT));
    assertThat(store.find(blob(CONTENT).chunkRoot()).orElseThrow().committed()).isFalse();
    store.begin(blob(CONTENT), 1);
    store.committed(blob(CONTENT));
    assertThat(store.begin(lie(CONTENT.length + 1), 1)).isEqualTo(Begun.OTHER_SIZE);
    fill(store, CONTENT);
    assertWhole(store, CONTENT);
  }

  @Test
  void aWholeBlobIsNoPart() {
    BlobStore store = open(disk);
    fill(store, CONTENT);
    store.abandonPart(blob(CONTENT).chunkRoot());
    assertWhole(store, CONTENT);
    byte[] other = content(777);
    store.begin(blob(other), 1);
    store.abandonPart(blob(other).chunkRoot());
    assertThat(store.find(blob(other).chunkRoot())).isEmpty();
  }

  @Test
  void whatTakesThePlaceOfAPartIsNamedByTheSameRecord() {
    Room room = room(disk, QUOTA);
    BlobStore kept = BlobStore.open(FOLDER, disk, room, State.REPLICA);
    BlobStore stem = BlobStore.empty(FOLDER.resolve("stem"), disk, room, State.TRANSIT);
    Payload.Blob blob = blob(CONTENT);
    kept.begin(blob, 1);
    kept.committed(blob);
    fill(stem, CONTENT);
    kept.takeOver(stem, stem.whole(blob.chunkRoot()).orElseThrow());
    assertWhole(kept, CONTENT);
    assertThat(kept.find(blob.chunkRoot()).orElseThrow().committed()).isTrue();
    assertThat(stem.all()).isEmpty();
    assertThat(room.usedBytes()).isEqualTo(CONTENT.length);
  }

  @Test
  void onlyWhatNoRecordNamesIsRenewed() {
    BlobStore store = open(disk);
    fill(store, CONTENT);
    store.renew(900);
    assertThat(store.find(blob(CONTENT).chunkRoot()).orElseThrow().height()).isEqualTo(900);
    store.committed(blob(CONTENT));
    store.renew(1_000);
    assertThat(store.find(blob(CONTENT).chunkRoot()).orElseThrow().height()).isEqualTo(900);
    assertWhole(store, CONTENT);
  }

  @Test
  void aFlippedBitIsFoundNamedAndRepaired() {
    fill(open(disk), CONTENT);
    Payload.Blob blob = blob(CONTENT);
    Path data = FOLDER.resolve(blob.chunkRoot().hex() + ".data");
    flip(data, CHUNK + 9);
    BlobStore store = open(disk);
    Held held = store.find(blob.chunkRoot()).orElseThrow();
    assertThat(store.read(held, 0)).isEqualTo(chunks(CONTENT).get(0));
    assertThatThrownBy(() -> store.read(held, 1))
        .isInstanceOf(BlobException.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining(String.valueOf(CHUNK));
    store.repair(held, 1, chunks(CONTENT).get(1));
    assertWhole(store, CONTENT);
  }

  @Test
  void damagedHashesAreMadeAnewFromTheChunks() {
    fill(open(disk), CONTENT);
    Payload.Blob blob = blob(CONTENT);
    Path hashes = FOLDER.resolve(blob.chunkRoot().hex() + ".replica");
    byte[] before = disk.content(hashes);
    flip(hashes, BlobHead.LENGTH + 40);
    BlobStore store = open(disk);
    assertWhole(store, CONTENT);
    assertThat(store.rebuilt()).isEqualTo(1);
    assertThat(disk.content(hashes)).isEqualTo(before);
  }

  @Test
  void damagedHashesBesideADamagedChunkAreRightOnceTheChunkIs() {
    fill(open(disk), CONTENT);
    Payload.Blob blob = blob(CONTENT);
    flip(FOLDER.resolve(blob.chunkRoot().hex() + ".replica"), BlobHead.LENGTH + 40);
    flip(FOLDER.resolve(blob.chunkRoot().hex() + ".data"), CHUNK + 9);
    BlobStore store = open(disk);
    Held held = store.find(blob.chunkRoot()).orElseThrow();
    assertThatThrownBy(() -> store.read(held, 0))
        .isInstanceOfSatisfying(
            BlobException.class,
            e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.DAMAGED));
    assertThat(store.repair(held, 0, chunks(CONTENT).get(0))).isFalse();
    assertThat(store.repair(held, 1, chunks(CONTENT).get(1))).isTrue();
    assertWhole(store, CONTENT);
  }

  @Test
  void aBlobOfWhichBytesAreMissingIsNotWholeAfterAStart() throws IOException {
    fill(open(disk), CONTENT);
    Payload.Blob blob = blob(CONTENT);
    try (var data = disk.open(FOLDER.resolve(blob.chunkRoot().hex() + ".data"))) {
      data.truncate(CHUNK);
    }
    assertThat(open(disk).find(blob.chunkRoot())).isEmpty();
    assertThat(disk.list(FOLDER)).isEmpty();
  }

  @Test
  void chunksThatBelongToNoBlobAreDeletedAtTheStart() throws IOException {
    fill(open(disk), CONTENT);
    disk.create(FOLDER.resolve("ab.data")).close();
    disk.create(FOLDER.resolve("out").resolve("cd.data")).close();
    assertWhole(open(disk), CONTENT);
    OutgoingBlobs.open(FOLDER.resolve("out"), disk, new BlobParameters(4, 3, QUOTA, 1_000));
    assertThat(disk.list(FOLDER)).hasSize(2);
    assertThat(disk.list(FOLDER.resolve("out"))).isEmpty();
  }

  @Test
  void aBlobWithoutAReadableHeadIsNotHere() {
    fill(open(disk), CONTENT);
    Payload.Blob blob = blob(CONTENT);
    flip(FOLDER.resolve(blob.chunkRoot().hex() + ".replica"), 12);
    BlobStore store = open(disk);
    assertThat(store.find(blob.chunkRoot())).isEmpty();
    fill(store, CONTENT);
    assertWhole(store, CONTENT);
  }

  private void flip(Path file, int at) {
    byte[] bytes = disk.content(file);
    bytes[at] ^= 1;
    try (var out = disk.open(file)) {
      out.write(0, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
