package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.ledger.blob.BlobContent.blob;
import static org.medseal.ledger.blob.BlobContent.chunks;
import static org.medseal.ledger.blob.BlobContent.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.journal.SimulatedDisk;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Payload;

/** Own blobs from the first byte sealed to the commit of their record. */
class OutgoingBlobsTest {
  private static final Path FOLDER = Path.of("/home/blobs");
  private static final int CHUNK = Payload.Blob.CHUNK_BYTES;
  private static final long QUOTA = 8L << 20;
  private static final byte[] CONTENT = content(2 * CHUNK + 777);
  private final SimulatedDisk disk = new SimulatedDisk();

  private static OutgoingBlobs outgoing(SimulatedDisk on) {
    BlobParameters parameters = new BlobParameters(4, 3, 8 * QUOTA, 1_000);
    return OutgoingBlobs.open(FOLDER.resolve("out"), on, parameters);
  }

  @Test
  void anOwnBlobIsDurableWhenItIsFinishedAndIsNotShownAsKept() throws IOException {
    Payload.Blob blob;
    try (OutgoingSink sink = outgoing(disk).create(7)) {
      sink.write(CONTENT, 0, 1000);
      sink.write(CONTENT, 1000, CONTENT.length - 1000);
      blob = sink.finish();
    }
    assertThat(blob).isEqualTo(blob(CONTENT));
    SimulatedDisk later = disk.afterPowerCut(0);
    Room room =
        new Room(FOLDER, later, new BlobParameters(4, 3, QUOTA, 1_000), OptionalLong.empty());
    BlobStore kept = BlobStore.open(FOLDER, later, room, State.REPLICA);
    assertThat(kept.find(blob.chunkRoot())).isEmpty();
    OutgoingBlobs after = outgoing(later);
    Held own = after.find(blob.chunkRoot()).orElseThrow();
    assertThat(after.read(own, 2)).isEqualTo(chunks(CONTENT).get(2));
    assertThat(own.height()).isEqualTo(7);
  }

  @Test
  void aDiskThatFailsWhileSealingIsAFailureOfTheNode() throws IOException {
    try (OutgoingSink sink = outgoing(disk).create(7)) {
      disk.hook(
          (operation, file) -> {
            if (operation.equals("write")) {
              throw new IOException("no space left");
            }
          });
      assertThatThrownBy(() -> sink.write(CONTENT, 0, CONTENT.length))
          .isInstanceOfSatisfying(
              BlobException.class,
              e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.DISK_FAILED));
    }
  }

  @Test
  void anUnfinishedOwnBlobLeavesNothing() throws IOException {
    OutgoingSink sink = outgoing(disk).create(1);
    sink.write(CONTENT, 0, CONTENT.length);
    SimulatedDisk later = disk.afterPowerCut(1 << 20);
    assertThat(outgoing(later).all()).isEmpty();
    assertThat(later.list(FOLDER.resolve("out"))).isEmpty();
    sink.close();
    assertThat(disk.list(FOLDER.resolve("out"))).isEmpty();
  }

  @Test
  void anOwnBlobIsNoLargerThanAShareAndNoMoreOfThemWaitThanHalfAQuota() throws IOException {
    BlobParameters parameters = new BlobParameters(4, 3, 8L * CHUNK, 1_000);
    OutgoingBlobs own = OutgoingBlobs.open(FOLDER.resolve("out"), disk, parameters);
    try (OutgoingSink sink = own.create(1)) {
      sink.write(CONTENT, 0, CHUNK);
      assertThatThrownBy(
              () -> {
                sink.write(1);
                sink.finish();
              })
          .isInstanceOfSatisfying(
              BlobException.class,
              e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.BAD_SIZE));
    }
    for (int i = 1; i <= 4; i++) {
      try (OutgoingSink sink = own.create(1)) {
        sink.write(content(CHUNK - i), 0, CHUNK - i);
        sink.finish();
      }
    }
    try (OutgoingSink sink = own.create(1)) {
      sink.write(CONTENT, 0, CHUNK);
      sink.finish();
    }
    assertThatThrownBy(() -> own.create(1))
        .isInstanceOfSatisfying(
            BlobException.class,
            e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.NO_ROOM));
  }
}
