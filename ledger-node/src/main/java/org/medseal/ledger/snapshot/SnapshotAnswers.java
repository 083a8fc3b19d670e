package org.medseal.ledger.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.engine.embedded.BlockAnswers;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPartRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsRequest;
import org.medseal.ledger.engine.embedded.ValidatorHistory;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.proof.HeaderPath;
import org.medseal.ledger.proof.ProofSource;

/** What a node that joins is answered with. One thread; every answer is bounded. */
public final class SnapshotAnswers {
  static final int PIECE_BYTES = 512 << 10;
  static final int ROOTS_PER_PIECE = 1 << 14;

  /** A header is read with its block; the longest path costs half of a second's share. */
  private static final int BYTES_PER_HEADER = 16 << 10;

  private static final int BYTES_PER_RUN = 40;
  private static final long RESPONSE_BYTES = 4L << 20;

  private final SnapshotFolder folder;
  private final BlockStore blocks;
  private final Headers headers;
  private Optional<Snapshot> last = Optional.empty();
  private long readBytes;

  /**
   * Where headers and validators are looked up.
   *
   * @param trustPeriodMs most block time that one step of light verification may span
   */
  public record Headers(ProofSource source, ValidatorHistory validators, long trustPeriodMs) {}

  public SnapshotAnswers(SnapshotFolder folder, BlockStore blocks, Headers headers) {
    this.folder = folder;
    this.blocks = blocks;
    this.headers = headers;
  }

  /** What was read for answers beside what they hold, roughly, since this was last asked for. */
  public long takeReadBytes() {
    long taken = readBytes;
    readBytes = 0;
    return taken;
  }

  /** Empty for what is no request; SnapshotException or StoreException if the disk is damaged. */
  public Optional<SnapshotMessage> to(SnapshotMessage message) {
    if (message instanceof SnapshotsRequest) {
      return Optional.of(new SnapshotsAnswer(offered()));
    } else if (message instanceof SnapshotPartRequest request) {
      return Optional.of(
          new SnapshotPart(request.height(), request.part(), request.from(), content(request)));
    } else if (message instanceof OlderRequest request) {
      return Optional.of(new OlderResponse(older(request.to())));
    }
    return Optional.empty();
  }

  /** Those whose next block, which proves them, is here. */
  private List<Long> offered() {
    List<Long> proven = folder.heights().stream().filter(each -> each < blocks.height()).toList();
    int from = Math.max(0, proven.size() - SnapshotsAnswer.MAX_HEIGHTS);
    return proven.subList(from, proven.size());
  }

  private Bytes content(SnapshotPartRequest request) {
    Optional<Snapshot> snapshot = snapshot(request.height());
    long from = request.from();
    if (snapshot.isEmpty() || request.height() >= blocks.height()) {
      return Bytes.empty();
    }
    return switch (request.part()) {
      case HEAD -> head(request.height(), from);
      case STATE -> state(snapshot.get().state(), from);
      case ROOTS -> roots(snapshot.get(), from);
      case LOOKUPS -> lookups(snapshot.get(), from);
    };
  }

  private Optional<Snapshot> snapshot(long height) {
    if (last.isEmpty() || last.get().height() != height) {
      last = folder.find(height);
      readBytes += last.map(SnapshotAnswers::bytes).orElse(0L);
    }
    return last;
  }

  private static long bytes(Snapshot read) {
    return read.state().length() + (long) BYTES_PER_RUN * read.runs().size();
  }

  private Bytes head(long height, long checkpoint) {
    Optional<HeaderPath> found =
        HeaderPath.make(headers.source(), checkpoint, height + 1, headers.trustPeriodMs());
    readBytes += found.map(each -> (long) BYTES_PER_HEADER * each.headers().size()).orElse(0L);
    return found
        .flatMap(
            path ->
                headers
                    .validators()
                    .rotation(height + 1)
                    .map(each -> new SnapshotHead(path, each.priorities()).encode()))
        .filter(each -> each.length() <= SnapshotPart.MAX_BYTES)
        .orElseGet(Bytes::empty);
  }

  /** The state's length, then the piece. */
  private static Bytes state(Bytes state, long piece) {
    long from = piece > Snapshot.MAX_STATE_BYTES ? state.length() : piece * PIECE_BYTES;
    if (from >= state.length()) {
      return Bytes.empty();
    }
    int to = (int) Math.min(state.length(), from + PIECE_BYTES);
    return new CanonicalWriter()
        .u32(state.length())
        .fixed(Bytes.of(state.toArray(), (int) from, to))
        .toBytes();
  }

  private static Bytes roots(Snapshot snapshot, long from) {
    if (from >= snapshot.runs().size()) {
      return Bytes.empty();
    }
    int to = (int) Math.min(snapshot.runs().size(), from + ROOTS_PER_PIECE);
    CanonicalWriter out = new CanonicalWriter();
    snapshot.runs().subList((int) from, to).forEach(each -> out.hash(each.root()));
    return out.toBytes();
  }

  /** As many as fit, from that one on. */
  private Bytes lookups(Snapshot snapshot, long from) {
    CanonicalWriter out = new CanonicalWriter();
    long next = from;
    while (next < snapshot.lookups()) {
      int run = (int) (next / Lookups.RUN);
      int skipped = (int) (next % Lookups.RUN);
      List<Bytes> entries =
          run < snapshot.runs().size()
              ? folder.part(snapshot, run, skipped, SnapshotPart.MAX_BYTES - out.size())
              : snapshot.rest().subList(skipped, snapshot.rest().size());
      if (entries.isEmpty()) {
        return out.toBytes();
      }
      for (Bytes each : entries) {
        if (out.size() + each.length() + Integer.BYTES > SnapshotPart.MAX_BYTES) {
          return out.toBytes();
        }
        out.bytes(each);
        next++;
      }
    }
    return out.toBytes();
  }

  private List<OlderBlock> older(long to) {
    List<OlderBlock> found = new ArrayList<>();
    long bytes = 0;
    for (long each = to; each >= 1 && found.size() < OlderResponse.MAX_BLOCKS; each--) {
      Optional<StoredBlock> stored = blocks.block(each);
      Optional<Bytes> outcome = blocks.outcome(each);
      bytes += stored.map(BlockAnswers::bytes).orElse(0L);
      if (stored.isEmpty() || outcome.isEmpty() || (!found.isEmpty() && bytes > RESPONSE_BYTES)) {
        break;
      }
      found.add(OlderBlock.of(stored.get(), outcome.get()));
    }
    return found;
  }
}
