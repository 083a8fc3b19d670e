package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobTaken;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkPiece;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.DiskFull;
import org.medseal.ledger.engine.embedded.PeerMessage.ReceiptsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SizedReceipt;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;

class BlobMessagesTest {
  private static final int MAX = 1 << 20;
  private static final Hash ROOT = Hash.ZERO;
  private static final ReplicaReceipt RECEIPT =
      new ReplicaReceipt(ROOT, Bytes.of(new byte[32]), 2_000, Bytes.of(new byte[64]));
  static final List<BlobMessage> ALL =
      List.of(
          new BlobOffer(ROOT, 70_000, true),
          new ChunkRequest(ROOT, 3),
          new ChunkPiece(ROOT, 3, 10, Bytes.of(new byte[20]), List.of(ROOT, ROOT)),
          new ChunkRefusal(ROOT, 3),
          new BlobTaken(ROOT),
          new DiskFull(),
          new ReceiptsMessage(List.of(new SizedReceipt(RECEIPT, 70_000))));

  @Test
  void everyMessageComesBackAsItWent() {
    for (BlobMessage each : ALL) {
      assertThat(PeerMessages.decode(PeerMessages.encode(each), MAX)).isEqualTo(each);
    }
  }

  @Test
  void everyCutAndEveryExtraByteIsRefused() {
    for (BlobMessage each : ALL) {
      byte[] whole = PeerMessages.encode(each);
      for (int cut = 1; cut < whole.length; cut++) {
        refused(Arrays.copyOf(whole, cut));
      }
      refused(Arrays.copyOf(whole, whole.length + 1));
    }
  }

  private static void refused(byte[] bytes) {
    assertThatThrownBy(() -> PeerMessages.decode(bytes, MAX)).isInstanceOf(CodecException.class);
  }

  private static void refused(BlobMessage message) {
    refused(PeerMessages.encode(message));
  }

  @Test
  void sizesIndexesAndOffsetsBeyondTheirBoundsAreRefused() {
    refused(new BlobOffer(ROOT, 0, false));
    refused(new BlobOffer(ROOT, Limits.BLOB + 1, false));
    refused(new ChunkRequest(ROOT, Payload.Blob.chunks(Limits.BLOB)));
    refused(new ChunkRefusal(ROOT, Integer.MAX_VALUE));
    Bytes some = Bytes.of(new byte[10]);
    refused(new ChunkPiece(ROOT, 1, Payload.Blob.CHUNK_BYTES - 9, some, List.of()));
    refused(new ChunkPiece(ROOT, 1, Integer.MAX_VALUE, some, List.of()));
    refused(new ChunkPiece(ROOT, 1, 0, Bytes.empty(), List.of()));
    refused(new ChunkPiece(ROOT, 1, 0, Bytes.of(new byte[ChunkPiece.MAX_BYTES + 1]), List.of()));
    refused(new ChunkPiece(ROOT, 1, 0, some, Collections.nCopies(ChunkPiece.MAX_PATH + 1, ROOT)));
    refused(
        new ReceiptsMessage(
            Collections.nCopies(
                ReceiptsMessage.MAX_RECEIPTS + 1, new SizedReceipt(RECEIPT, 70_000))));
    refused(new ReceiptsMessage(List.of(new SizedReceipt(RECEIPT, Limits.BLOB + 1))));
  }

  @Test
  void aLengthThatLiesTakesNoMemory() {
    byte[] piece = PeerMessages.encode(ALL.get(2));
    int lengthAt = 1 + Hash.LENGTH + 2 * Integer.BYTES;
    ByteBuffer.wrap(piece).putInt(lengthAt, ChunkPiece.MAX_BYTES);
    refused(piece);
    ByteBuffer.wrap(piece).putInt(lengthAt, -1);
    refused(piece);
  }
}
