package org.medseal.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;

class HoldersTest {
  private final List<Integer> asked = new ArrayList<>();

  @Test
  void whoOnceDoesNotAnswerComesLastAndIsAskedAgain() throws InterruptedException {
    Holders holders = new Holders(new Nobody(), 8, List.of(1, 2));
    assertThat(given(holders, peer -> answer(peer, peer == 2))).isEqualTo(2);
    assertThat(given(holders, peer -> answer(peer, true))).isEqualTo(1);
    assertThat(asked).containsExactly(1, 2, 1);
  }

  @Test
  void whoDoesNotAnswerThreeTimesRunningIsAskedNoMore() throws InterruptedException {
    Holders holders = new Holders(new Nobody(), 8, List.of(1));
    for (int i = 0; i < 2; i++) {
      int before = asked.size();
      assertThat(given(holders, peer -> answer(peer, asked.size() == before + 2))).isEqualTo(1);
      assertThat(asked).hasSize(before + 3);
    }
    asked.clear();
    assertThatExceptionOfType(SnapshotException.class)
        .isThrownBy(() -> holders.any("it", peer -> answer(peer, false)));
    assertThat(asked).containsExactly(1, 1, 1);
  }

  private static int given(Holders holders, Holders.Conversation<Integer> conversation)
      throws InterruptedException {
    return holders.any("it", conversation);
  }

  private Optional<Integer> answer(int peer, boolean answers) {
    asked.add(peer);
    return answers ? Optional.of(peer) : Optional.empty();
  }

  /** The conversations are the test's own. */
  private static final class Nobody implements SnapshotPeers {
    @Override
    public List<Integer> connected() {
      return List.of();
    }

    @Override
    public Optional<SnapshotMessage> ask(int peer, SnapshotMessage request) {
      throw new AssertionError("not asked here");
    }

    @Override
    public void ban(int peer) {
      throw new AssertionError("nobody is banned");
    }
  }
}
