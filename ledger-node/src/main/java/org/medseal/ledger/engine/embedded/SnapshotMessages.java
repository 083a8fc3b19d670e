package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPartRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsRequest;

/** Canonical form of the messages a node joins with. */
final class SnapshotMessages {
  private static final int SNAPSHOTS_REQUEST = 22;
  private static final int SNAPSHOTS_ANSWER = 23;
  private static final int PART_REQUEST = 24;
  private static final int PART = 25;
  private static final int OLDER_REQUEST = 26;
  private static final int OLDER_RESPONSE = 27;
  private static final int MAX_NOTE_BYTES = 64 << 10;

  private SnapshotMessages() {}

  static void write(CanonicalWriter out, SnapshotMessage message) {
    if (message instanceof SnapshotsRequest) {
      out.u8(SNAPSHOTS_REQUEST);
    } else if (message instanceof SnapshotsAnswer answer) {
      out.u8(SNAPSHOTS_ANSWER).list(answer.heights(), CanonicalWriter::u64);
    } else if (message instanceof SnapshotPartRequest request) {
      out.u8(PART_REQUEST).u64(request.height()).u8(request.part().code()).u64(request.from());
    } else if (message instanceof SnapshotPart part) {
      out.u8(PART).u64(part.height()).u8(part.part().code()).u64(part.from()).bytes(part.content());
    } else if (message instanceof OlderRequest request) {
      out.u8(OLDER_REQUEST).u64(request.to());
    } else if (message instanceof OlderResponse response) {
      out.u8(OLDER_RESPONSE).list(response.blocks(), SnapshotMessages::writeOlder);
    }
  }

  /** Empty for a type of others. */
  static Optional<PeerMessage> read(int type, CanonicalReader in, int maxBytes) {
    return switch (type) {
      case SNAPSHOTS_REQUEST -> Optional.of(new SnapshotsRequest());
      case SNAPSHOTS_ANSWER ->
          Optional.of(
              new SnapshotsAnswer(in.list(SnapshotsAnswer.MAX_HEIGHTS, CanonicalReader::u64)));
      case PART_REQUEST -> Optional.of(new SnapshotPartRequest(in.u64(), readPart(in), in.u64()));
      case PART ->
          Optional.of(
              new SnapshotPart(in.u64(), readPart(in), in.u64(), in.bytes(SnapshotPart.MAX_BYTES)));
      case OLDER_REQUEST -> Optional.of(new OlderRequest(in.u64()));
      case OLDER_RESPONSE ->
          Optional.of(
              new OlderResponse(
                  in.list(OlderResponse.MAX_BLOCKS, each -> readOlder(each, maxBytes))));
      default -> Optional.empty();
    };
  }

  private static SnapshotPart.Kind readPart(CanonicalReader in) {
    int code = in.u8();
    for (SnapshotPart.Kind each : SnapshotPart.Kind.values()) {
      if (each.code() == code) {
        return each;
      }
    }
    throw new CodecException(Reason.BAD_VALUE, "no part of a snapshot is " + code);
  }

  private static void writeOlder(CanonicalWriter out, OlderBlock block) {
    out.bytes(Blocks.encode(block.stored().block())).bytes(block.note());
    Votes.writeCertificate(out, block.stored().certificate());
  }

  private static OlderBlock readOlder(CanonicalReader in, int maxBytes) {
    var block = Blocks.decode(in.bytes(maxBytes).toArray(), maxBytes);
    var note = in.bytes(MAX_NOTE_BYTES);
    return new OlderBlock(new StoredBlock(block, Votes.readCertificate(in)), note);
  }
}
