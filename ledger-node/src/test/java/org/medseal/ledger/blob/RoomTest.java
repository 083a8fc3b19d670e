package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.blob.Room.Answer;
import org.medseal.ledger.journal.SimulatedDisk;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Hash;

/** Of a quota of 8,000 bytes one peer may fill 1,000 and all of them 4,000 before records come. */
class RoomTest {
  private static final Path FOLDER = Path.of("/home/blobs");
  private static final OptionalInt NOBODY = OptionalInt.empty();

  private final SimulatedDisk disk = new SimulatedDisk();
  private final Room room =
      new Room(FOLDER, disk, new BlobParameters(4, 3, 8_000, 1_000), OptionalLong.empty());
  private int roots;

  private Room.Place place() {
    byte[] root = new byte[Hash.LENGTH];
    root[0] = (byte) ++roots;
    root[1] = (byte) (roots >> 8);
    return new Room.Place(FOLDER, Hash.of(root));
  }

  private Answer offer(int peer, long bytes) {
    return room.take(place(), bytes, OptionalInt.of(peer));
  }

  @Test
  void onePeerFillsItsShareAndNoMoreAlsoWithItsFirstBlob() {
    assertThat(offer(1, 1_001)).isEqualTo(Answer.SHARE_FULL);
    assertThat(offer(1, 600)).isEqualTo(Answer.GRANTED);
    assertThat(offer(1, 401)).isEqualTo(Answer.SHARE_FULL);
    assertThat(offer(1, 400)).isEqualTo(Answer.GRANTED);
    assertThat(offer(1, 1)).isEqualTo(Answer.SHARE_FULL);
    assertThat(offer(2, 1_000)).isEqualTo(Answer.GRANTED);
  }

  @Test
  void allPeersTogetherLeaveHalfForWhatTheLedgerNames() {
    for (int peer = 0; peer < 4; peer++) {
      assertThat(offer(peer, 1_000)).isEqualTo(Answer.GRANTED);
    }
    assertThat(offer(4, 1)).isEqualTo(Answer.SHARE_FULL);
    assertThat(room.take(place(), 4_000, NOBODY)).isEqualTo(Answer.GRANTED);
    assertThat(room.take(place(), 1, NOBODY)).isEqualTo(Answer.QUOTA_FULL);
  }

  @Test
  void whatARecordNamesIsNobodysShareAnyMore() {
    Room.Place first = place();
    assertThat(room.take(first, 1_000, OptionalInt.of(1))).isEqualTo(Answer.GRANTED);
    room.named(first);
    assertThat(offer(1, 1_000)).isEqualTo(Answer.GRANTED);
    assertThat(room.usedBytes()).isEqualTo(2_000);
    room.free(first, 1_000);
    assertThat(room.usedBytes()).isEqualTo(1_000);
  }

  @Test
  void whatLiesInAnotherPlaceStaysInTheShareOfWhoBroughtIt() {
    Room.Place first = place();
    Room.Place second = place();
    assertThat(room.take(first, 1_000, OptionalInt.of(1))).isEqualTo(Answer.GRANTED);
    room.move(first, second);
    assertThat(room.usedBytes()).isEqualTo(1_000);
    assertThat(offer(1, 1)).isEqualTo(Answer.SHARE_FULL);
    room.named(second);
    assertThat(offer(1, 1_000)).isEqualTo(Answer.GRANTED);
  }

  @Test
  void countlessTinyBlobsAreNotTaken() {
    for (int i = 0; i < Room.MOST_OF_A_PEER; i++) {
      assertThat(offer(1, 1)).isEqualTo(Answer.GRANTED);
    }
    assertThat(offer(1, 1)).isEqualTo(Answer.SHARE_FULL);
  }

  @Test
  void aTenthOfTheDiskIsLeftAlsoByWhatIsPromisedButNotWrittenYet() {
    disk.space(3_000, 20_000);
    assertThat(room.reserveBytes()).isEqualTo(2_000);
    Room.Place first = place();
    assertThat(room.take(first, 600, NOBODY)).isEqualTo(Answer.GRANTED);
    assertThat(room.take(place(), 401, NOBODY)).isEqualTo(Answer.DISK_FULL);
    room.written(first, 600);
    disk.space(2_400, 20_000);
    assertThat(room.take(place(), 400, NOBODY)).isEqualTo(Answer.GRANTED);
    assertThat(room.isAboveReserve()).isTrue();
    disk.space(1_999, 20_000);
    assertThat(room.isAboveReserve()).isFalse();
  }

  @Test
  void whatTheOperatorReservesIsLeftInPlaceOfTheUsualPart() {
    Room own =
        new Room(FOLDER, disk, new BlobParameters(4, 3, 8_000, 1_000), OptionalLong.of(2_900));
    disk.space(3_000, 20_000);
    assertThat(own.reserveBytes()).isEqualTo(2_900);
    assertThat(own.take(place(), 101, NOBODY)).isEqualTo(Answer.DISK_FULL);
    assertThat(own.take(place(), 100, NOBODY)).isEqualTo(Answer.GRANTED);
  }

  @Test
  void noMoreThanTenGibibytesAreLeft() {
    disk.space(1L << 40, 1L << 40);
    assertThat(room.reserveBytes()).isEqualTo(10L << 30);
  }
}
