package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsRequest;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.store.StoreException;

@Timeout(60)
class BlockServerTest {
  private final List<BlocksResponse> sent = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore handled = new Semaphore(0);
  private final CountDownLatch mayRead = new CountDownLatch(1);

  @Test
  void aBlockThatCannotBeReadEndsItsAnswerAndNothingElse() throws InterruptedException {
    mayRead.countDown();
    try (BlockServer server =
        new BlockServer(new Store(), any -> BlockServer.Given.NOTHING, this::send)) {
      server.serve(0, new BlocksRequest(7, 9), handled::release); // 7 is damaged
      server.serve(0, new BlocksRequest(5, 9), handled::release);
      handled.acquire(2);
    }
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).blocks())
        .extracting(BlockStore.StoredBlock::height)
        .containsExactly(5L, 6L);
  }

  @Test
  void oneWhoAsksWithoutWaitingDoesNotKeepOthersFromTheirAnswers() throws InterruptedException {
    try (BlockServer server =
        new BlockServer(new Store(), any -> BlockServer.Given.NOTHING, this::send)) {
      for (int i = 0; i < 50; i++) {
        server.serve(0, new BlocksRequest(1, 1), handled::release);
      }
      assertThat(handled.tryAcquire(46)).as("told at once that it goes unanswered").isTrue();
      server.serve(1, new BlocksRequest(2, 2), handled::release);
      mayRead.countDown();
      handled.acquire(5);
    }
    assertThat(sent).hasSize(5);
    assertThat(sent.get(4).blocks().get(0).height()).isEqualTo(2);
  }

  @Test
  void whatIsReadForAnAnswerIsChargedThoughTheAnswerIsSmall() throws InterruptedException {
    List<SnapshotMessage> answered = Collections.synchronizedList(new ArrayList<>());
    BlockServer.SnapshotParts costly =
        request -> {
          answered.add(request);
          return new BlockServer.Given(Optional.empty(), 1L << 40);
        };
    try (BlockServer server = new BlockServer(new Store(), costly, this::send)) {
      for (int i = 0; i < 3; i++) {
        server.serve(0, new SnapshotsRequest(), handled::release);
        handled.acquire();
      }
      assertThat(answered).hasSize(1);
      server.serve(1, new SnapshotsRequest(), handled::release);
      handled.acquire();
    }
    assertThat(answered).hasSize(2);
  }

  private void send(int peer, PeerMessage answer) {
    sent.add((BlocksResponse) answer);
  }

  /** Ten blocks, the seventh damaged; reads wait until they may. */
  private final class Store implements BlockStore {
    @Override
    public long height() {
      return 10;
    }

    @Override
    public Optional<StoredBlock> block(long height) {
      try {
        mayRead.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (height == 7) {
        throw new StoreException(StoreException.Reason.DAMAGED, "block 7 cannot be read");
      }
      Hash none = Hash.ZERO;
      BlockHeader header =
          new BlockHeader(
              1, "chain", height, height, none, none, none, none, none, none, none, none, none,
              none, none, 0);
      return Optional.of(
          new StoredBlock(
              new Block(header, List.of(), Optional.empty(), List.of()),
              new CommitCertificate(height, 0, Blocks.id(header), List.of())));
    }

    @Override
    public Optional<Bytes> outcome(long height) {
      return Optional.empty();
    }

    @Override
    public void append(StoredBlock block, Bytes outcome) {
      throw new UnsupportedOperationException();
    }
  }
}
