package org.medseal.ledger.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsRequest;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.proof.HeaderPath;
import org.medseal.ledger.proof.TrustRules;
import org.medseal.ledger.snapshot.SnapshotException.Reason;
import org.medseal.ledger.snapshot.SnapshotFetch.Trust;
import org.medseal.ledger.store.JoinedFolder;

/**
 * Fills an empty home with the newest snapshot that the checkpoint proves and that peers have. What
 * an earlier attempt left behind is thrown away; nothing counts before all of it is durable.
 * Blocks.
 */
public final class Join {
  private final Path home;
  private final Genesis genesis;
  private final Checkpoint checkpoint;
  private final Disk disk;

  public Join(Path home, Genesis genesis, Checkpoint checkpoint, Disk disk) {
    this.home = home;
    this.genesis = genesis;
    this.checkpoint = checkpoint;
    this.disk = disk;
  }

  /**
   * One attempt; says why it did not succeed, empty once the home is filled. SnapshotException
   * WRITE_FAILED if the disk refuses.
   *
   * @param now of this machine, for the trust period
   * @param progress told what is being fetched
   */
  public Optional<String> attempt(SnapshotPeers peers, Instant now, Consumer<String> progress)
      throws InterruptedException {
    NavigableMap<Long, List<Integer>> offers = offers(peers);
    if (offers.isEmpty()) {
      return Optional.of(
          peers.connected().isEmpty()
              ? "no peer is connected"
              : "no peer has a snapshot that height " + checkpoint.height() + " leads to");
    }
    TrustRules rules = TrustRules.at(now).trusting(TrustRules.trustPeriod(genesis));
    Optional<String> lacking = Optional.empty();
    for (long height : offers.descendingKeySet()) {
      progress.accept("the snapshot of height " + height);
      lacking = fetch(new Holders(peers, height, offers.get(height)), height, rules);
      if (lacking.isEmpty()) {
        return lacking;
      }
    }
    return lacking;
  }

  private Optional<String> fetch(Holders holders, long height, TrustRules rules)
      throws InterruptedException {
    try {
      Path folder = emptied();
      Base base =
          new SnapshotFetch(new Trust(genesis, checkpoint, rules), height, holders, folder, disk)
              .fetch();
      JoinedFolder.finish(home, base, disk);
      return Optional.empty();
    } catch (SnapshotException e) {
      if (e.reason() != Reason.NOT_TRUE) {
        throw e;
      }
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      throw new SnapshotException(
          Reason.WRITE_FAILED, "cannot write the snapshot: " + e.getMessage(), e);
    }
  }

  private NavigableMap<Long, List<Integer>> offers(SnapshotPeers peers)
      throws InterruptedException {
    NavigableMap<Long, List<Integer>> offers = new TreeMap<>();
    for (int peer : peers.connected()) {
      Optional<SnapshotMessage> answer = peers.ask(peer, new SnapshotsRequest());
      if (answer.isPresent() && answer.get() instanceof SnapshotsAnswer snapshots) {
        snapshots.heights().stream()
            .filter(this::isReachable)
            .forEach(each -> offers.computeIfAbsent(each, any -> new ArrayList<>()).add(peer));
      }
    }
    return offers;
  }

  private boolean isReachable(long height) {
    return height >= 1
        && height < Long.MAX_VALUE - 1
        && checkpoint.height() - height <= HeaderPath.MAX_HEADERS;
  }

  private Path emptied() throws IOException {
    Path folder = JoinedFolder.joining(home);
    for (Path each :
        List.of(folder, folder.resolve(JoinedFolder.SNAPSHOTS), JoinedFolder.older(folder))) {
      disk.createFolder(each);
      for (Path file : disk.list(each)) {
        disk.delete(file);
      }
    }
    return folder;
  }
}
