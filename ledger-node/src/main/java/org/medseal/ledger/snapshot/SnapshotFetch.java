package org.medseal.ledger.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.app.SnapshotState;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.OlderChain;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart.Kind;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.proof.TrustRules;
import org.medseal.ledger.store.JoinedFolder;
import org.medseal.ledger.store.OlderBlocks;

/**
 * Fetches one snapshot into a folder, part by part, each checked before it is kept: the header by
 * the checkpoint, state, validators and priorities by the header, look-ups by the state, the newest
 * blocks by the chain of their parents. Blocks; one thread.
 */
final class SnapshotFetch {
  /** Blocks before the snapshot's that the rules for evidence may still ask for. */
  private static final int NEWEST_BLOCKS = Evidence.MAX_AGE_BLOCKS + 2;

  private final Trust trust;
  private final long height;
  private final Holders holders;
  private final Path folder;
  private final Disk disk;

  /** What the joining node believes before it hears anything. */
  record Trust(Genesis genesis, Checkpoint checkpoint, TrustRules rules) {}

  /**
   * @param folder empty; what was fetched stands in it afterwards
   */
  SnapshotFetch(Trust trust, long height, Holders holders, Path folder, Disk disk) {
    this.trust = trust;
    this.height = height;
    this.holders = holders;
    this.folder = folder;
    this.disk = disk;
  }

  private record Head(BlockHeader header, List<Long> priorities) {}

  /**
   * The base that stands on what is now in the folder; SnapshotException NOT_TRUE if nobody is
   * left.
   */
  Base fetch() throws InterruptedException, IOException {
    Head head = holders.any("the header", this::head);
    Bytes encoded = holders.any("the state", peer -> state(peer, head.header()));
    SnapshotState state = SnapshotState.decode(encoded.toArray());
    long runs = state.lookups().size() / Lookups.RUN;
    Holders.require(runs <= Lookups.MAX_RUNS, "more transactions than a snapshot holds");
    List<Hash> roots = holders.any("the roots", peer -> roots(peer, state.lookups(), (int) runs));
    Path snapshots = folder.resolve(JoinedFolder.SNAPSHOTS);
    SnapshotFolder target = SnapshotFolder.open(snapshots, disk);
    new LookupFetch(holders, state, roots).fetch(encoded, height, target);
    return older(head, state);
  }

  private Optional<Head> head(int peer) throws InterruptedException {
    return holders
        .part(peer, Kind.HEAD, trust.checkpoint().height())
        .map(
            content -> {
              SnapshotHead head = SnapshotHead.decode(content);
              BlockHeader header =
                  head.path()
                      .proven(
                          trust.genesis().chainId(), trust.checkpoint(), height + 1, trust.rules());
              Holders.require(
                  Blocks.prioritiesHash(head.priorities()).equals(header.prioritiesHash()),
                  "other priorities than the header's");
              return new Head(header, head.priorities());
            });
  }

  private Optional<Bytes> state(int peer, BlockHeader header) throws InterruptedException {
    byte[] state = new byte[0];
    int filled = 0;
    do {
      Optional<Bytes> content =
          holders.part(peer, Kind.STATE, filled / SnapshotAnswers.PIECE_BYTES);
      if (content.isEmpty()) {
        return Optional.empty();
      }
      CanonicalReader in = new CanonicalReader(content.get().toArray());
      int total = in.u32();
      Holders.require(
          total <= Snapshot.MAX_STATE_BYTES && (filled == 0 || total == state.length),
          "a state of another size");
      state = filled == 0 ? new byte[total] : state;
      int piece = in.remaining();
      Holders.require(
          piece == Math.min(SnapshotAnswers.PIECE_BYTES, total - filled),
          "a piece of another size");
      in.fixed(piece).copyTo(state, filled);
      filled += piece;
    } while (filled < state.length);
    requireState(SnapshotState.decode(state), header);
    return Optional.of(Bytes.of(state));
  }

  private void requireState(SnapshotState state, BlockHeader header) {
    Holders.require(state.root().equals(header.stateRoot()), "another state than the header's");
    Holders.require(state.height() == height, "the state of another height");
    Holders.require(
        state.genesisHash().equals(Registries.genesisHash(trust.genesis())),
        "the state of another genesis");
    Holders.require(
        Blocks.validatorsHash(state.validatorsAt(height + 1)).equals(header.validatorsHash())
            && Blocks.validatorsHash(state.validatorsAt(height + 2))
                .equals(header.nextValidatorsHash()),
        "other validators than the header's");
  }

  /** Their count is known from the proven state before anything is asked for. */
  private Optional<List<Hash>> roots(int peer, MerkleFrontier lookups, int count)
      throws InterruptedException {
    List<Hash> roots = new ArrayList<>();
    while (roots.size() < count) {
      Optional<Bytes> content = holders.part(peer, Kind.ROOTS, roots.size());
      if (content.isEmpty()) {
        return Optional.empty();
      }
      CanonicalReader in = new CanonicalReader(content.get().toArray());
      while (in.remaining() > 0) {
        roots.add(in.hash());
      }
      Holders.require(roots.size() <= count, "more roots than there are runs");
    }
    List<Hash> peaks = Lookups.tree(roots, List.of()).peaks();
    Holders.require(
        peaks.equals(lookups.peaks().subList(0, peaks.size())), "other roots than the state's");
    return Optional.of(roots);
  }

  private Base older(Head head, SnapshotState state) throws InterruptedException {
    OlderBlocks kept = OlderBlocks.open(JoinedFolder.older(folder), disk, height);
    Base base = holders.any("the newest block", peer -> base(peer, head, state));
    OlderChain chain = OlderChain.below(trust.genesis().chainId(), base);
    while (chain.next() > Math.max(0, height - NEWEST_BLOCKS)) {
      kept.append(holders.any("the newest blocks", peer -> blocks(peer, chain)));
    }
    return base;
  }

  private Optional<Base> base(int peer, Head head, SnapshotState state)
      throws InterruptedException {
    Optional<OlderResponse> response = older(peer, height);
    if (response.isEmpty() || response.get().blocks().isEmpty()) {
      return Optional.empty();
    }
    Hash id = head.header().parent();
    CommitCertificate certificate = response.get().blocks().get(0).stored().certificate();
    Holders.require(
        Base.isProven(
            trust.genesis().chainId(),
            certificate,
            new Base.LightId(height, id),
            state.validatorsAt(height)),
        "a certificate that proves nothing");
    return Optional.of(
        new Base(
            height,
            id,
            state.timeMs(),
            certificate,
            head.header().stateRoot(),
            head.header().receiptsRoot(),
            head.priorities(),
            state.validators().stream()
                .map(each -> new Base.InForce(each.fromHeight(), each.validators()))
                .toList()));
  }

  private Optional<List<OlderBlock>> blocks(int peer, OlderChain chain)
      throws InterruptedException {
    Optional<OlderResponse> response = older(peer, chain.next());
    List<OlderBlock> proven = new ArrayList<>();
    for (OlderBlock each : response.map(OlderResponse::blocks).orElseGet(List::of)) {
      Optional<OlderBlock> accepted = chain.accept(each);
      if (accepted.isEmpty() && proven.isEmpty()) {
        Holders.require(false, "a block that does not belong here");
      }
      if (accepted.isEmpty()) {
        break;
      }
      proven.add(accepted.get());
    }
    return proven.isEmpty() ? Optional.empty() : Optional.of(proven);
  }

  private Optional<OlderResponse> older(int peer, long to) throws InterruptedException {
    return holders.ask(peer, new OlderRequest(to), OlderResponse.class);
  }
}
