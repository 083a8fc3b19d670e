package org.medseal.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.app.InMemoryStore;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.app.SignatureChecks;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.sim.SimGenesis;

/** Snapshots are kept by the time of their blocks, within a least and a most. */
class SnapshotMakerTest {
  private static final Genesis GENESIS =
      SimGenesis.of(List.of(1L), List.of(Bytes.of(new byte[32])));

  @TempDir Path home;

  private final SignatureChecks checks = new SignatureChecks(1, 1);
  private final LedgerApplication application =
      new LedgerApplication(GENESIS, new InMemoryStore(), checks);
  private final Chain chain = new Chain();

  @AfterEach
  void close() {
    checks.close();
  }

  @Test
  void thoseOfTheLastSixHoursAreKept() {
    SnapshotFolder folder = SnapshotFolder.open(home, Disk.real());
    for (int i = 0; i < 12; i++) {
      makeAfter(folder, Duration.ofHours(1));
    }
    assertThat(folder.heights()).containsExactly(6L, 7L, 8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void twoAreKeptHoweverOldAndTwentyFourHoweverYoung() {
    SnapshotFolder folder = SnapshotFolder.open(home, Disk.real());
    for (int i = 0; i < 3; i++) {
      makeAfter(folder, Duration.ofDays(1));
    }
    assertThat(folder.heights()).containsExactly(2L, 3L);
    for (int i = 0; i < 30; i++) {
      makeAfter(folder, Duration.ofSeconds(1));
    }
    assertThat(folder.heights()).hasSize(24).startsWith(10L).endsWith(33L);
  }

  @Test
  void theOneTheNodeJoinedByStaysHoweverOld() {
    SnapshotFolder folder = SnapshotFolder.open(home, Disk.real());
    makeAfter(folder, Duration.ofDays(1));
    chain.joinedBy = 1;
    for (int i = 0; i < 4; i++) {
      makeAfter(folder, Duration.ofDays(1));
    }
    assertThat(folder.heights()).containsExactly(1L, 4L, 5L);
  }

  private void makeAfter(SnapshotFolder folder, Duration sinceTheLast) {
    chain.grow(sinceTheLast);
    new SnapshotMaker(folder, chain).make(chain.height(), application.encodedState());
  }

  /** Empty blocks that the application executes. */
  private final class Chain implements BlockStore {
    private final List<StoredBlock> blocks = new ArrayList<>();
    private long joinedBy;
    private long timeMs = GENESIS.timeMs();

    void grow(Duration later) {
      timeMs += later.toMillis();
      Hash none = Hash.ZERO;
      BlockHeader header =
          new BlockHeader(
              BlockHeader.VERSION,
              GENESIS.chainId(),
              height() + 1,
              timeMs,
              none,
              none,
              Blocks.transactionRoot(List.of()),
              none,
              none,
              none,
              none,
              none,
              none,
              none,
              none,
              0);
      Block block = new Block(header, List.of(), Optional.empty(), List.of());
      application.finalizeBlock(new FinalizeRequest(Blocks.id(header), block));
      application.commit();
      blocks.add(
          new StoredBlock(
              block, new CommitCertificate(header.height(), 0, Blocks.id(header), List.of())));
    }

    @Override
    public long height() {
      return blocks.size();
    }

    @Override
    public Optional<StoredBlock> block(long height) {
      return height < 1 || height > blocks.size()
          ? Optional.empty()
          : Optional.of(blocks.get((int) height - 1));
    }

    @Override
    public Optional<Base> base() {
      return block(joinedBy)
          .map(
              each ->
                  new Base(
                      joinedBy,
                      each.certificate().blockId(),
                      each.block().header().timeMs(),
                      each.certificate(),
                      Hash.ZERO,
                      Hash.ZERO,
                      List.of(),
                      List.of(new Base.InForce(1, new ValidatorSet(List.of())))));
    }

    @Override
    public Optional<Bytes> outcome(long height) {
      return Optional.empty();
    }

    @Override
    public void append(StoredBlock block, Bytes outcome) {
      blocks.add(block);
    }
  }
}
