package org.medseal.ledger.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.consensus.Timeouts;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.embedded.EngineSettings;
import org.medseal.ledger.engine.embedded.EngineSettings.Pacing;
import org.medseal.ledger.mempool.MempoolLimits;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.net.NetworkSettings;

/**
 * One node.
 *
 * @param home uses {@code home/ledger} and {@code home/index}
 * @param institution own name
 * @param bind where peers reach this node; port 0 for any
 */
public record NodeSettings(
    Path home, Genesis genesis, String institution, InetSocketAddress bind, Tuning tuning) {

  /** Standard pace, peers where the genesis says. */
  public static NodeSettings of(
      Path home, Genesis genesis, String institution, InetSocketAddress bind) {
    return new NodeSettings(home, genesis, institution, bind, Tuning.standard());
  }

  public NodeSettings withSnapshots(Snapshotting snapshots) {
    return new NodeSettings(home, genesis, institution, bind, tuning.withSnapshots(snapshots));
  }

  public NodeSettings asJoining() {
    return new NodeSettings(home, genesis, institution, bind, tuning.asJoining());
  }

  /** The chain has to contain this block, which was given out of band. */
  public NodeSettings withCheckpoint(Checkpoint block) {
    return withTrusted(TrustedBlock.of(block));
  }

  /** The same, perhaps with the day on which it was the newest. */
  public NodeSettings withTrusted(TrustedBlock block) {
    return new NodeSettings(home, genesis, institution, bind, tuning.withTrusted(block));
  }

  /** Of the disk under blobs/, never used for others' chunks. */
  public NodeSettings withDiskReserve(long bytes) {
    return new NodeSettings(home, genesis, institution, bind, tuning.withDiskReserve(bytes));
  }

  EngineSettings engineSettings() {
    return new EngineSettings(
        genesis, institution, tuning.timeouts(), tuning.pacing(), tuning.trusted());
  }

  /**
   * @param registered institutions as the ledger has them now, by their place
   */
  NetworkSettings networkSettings(List<Institution> registered) {
    return new NetworkSettings(
        genesis,
        institution,
        registered,
        tuning.joining(),
        bind,
        tuning.addresses(),
        tuning.network(),
        LedgerRules.NUMBER);
  }

  MempoolLimits mempoolLimits() {
    return MempoolLimits.defaults(
        Math.min(Limits.TRANSACTION, genesis.parameters().maxBlockBytes()));
  }

  /**
   * Snapshots in both directions.
   *
   * @param everyBlocks blocks between two that others may join by; 0 for none
   * @param join an empty home begins with a peer's snapshot that the checkpoint proves, instead of
   *     executing all blocks
   */
  public record Snapshotting(int everyBlocks, boolean join) {
    public static final Snapshotting STANDARD = new Snapshotting(1_000, false);

    public Snapshotting {
      if (everyBlocks < 0) {
        throw new IllegalArgumentException("snapshots are so many blocks apart, or 0 for none");
      }
    }
  }

  /**
   * What seldom differs.
   *
   * @param addresses where to dial an institution; asked at every attempt, empty for not now
   * @param trusted a block the chain has to contain, given out of band
   * @param joining the institution is not in the genesis, or its TLS key is not as it was there:
   *     what the ledger says of it is only known once the blocks are here
   * @param snapshots how this node joins, and lets others join
   * @param diskReserveBytes of the disk under blobs/, never used for others' chunks; empty for the
   *     usual part
   */
  public record Tuning(
      Timeouts timeouts,
      Pacing pacing,
      NetworkSettings.Timing network,
      Function<Institution, Optional<InetSocketAddress>> addresses,
      Optional<TrustedBlock> trusted,
      boolean joining,
      Snapshotting snapshots,
      OptionalLong diskReserveBytes) {

    public static Tuning standard() {
      return new Tuning(
          Timeouts.DEFAULT,
          Pacing.DEFAULT,
          NetworkSettings.Timing.DEFAULT,
          NetworkSettings::addressInGenesis,
          Optional.empty(),
          false,
          Snapshotting.STANDARD,
          OptionalLong.empty());
    }

    public Tuning withAddresses(Function<Institution, Optional<InetSocketAddress>> others) {
      return new Tuning(
          timeouts, pacing, network, others, trusted, joining, snapshots, diskReserveBytes);
    }

    public Tuning withSnapshots(Snapshotting others) {
      return new Tuning(
          timeouts, pacing, network, addresses, trusted, joining, others, diskReserveBytes);
    }

    public Tuning withDiskReserve(long bytes) {
      return new Tuning(
          timeouts,
          pacing,
          network,
          addresses,
          trusted,
          joining,
          snapshots,
          OptionalLong.of(bytes));
    }

    boolean joinBySnapshot() {
      return snapshots.join();
    }

    public Tuning asJoining() {
      return new Tuning(
          timeouts, pacing, network, addresses, trusted, true, snapshots, diskReserveBytes);
    }

    public Tuning withCheckpoint(Checkpoint block) {
      return withTrusted(TrustedBlock.of(block));
    }

    public Tuning withTrusted(TrustedBlock block) {
      return new Tuning(
          timeouts,
          pacing,
          network,
          addresses,
          Optional.of(block),
          joining,
          snapshots,
          diskReserveBytes);
    }
  }
}
