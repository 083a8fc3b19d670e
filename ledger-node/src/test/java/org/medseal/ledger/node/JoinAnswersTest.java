package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart.Kind;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPartRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsRequest;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.net.PeerListener.Answer;

class JoinAnswersTest {
  private static final SnapshotMessage ROOTS = new SnapshotPart(8, Kind.ROOTS, 3, Bytes.empty());

  private final JoinAnswers answers = new JoinAnswers();

  @Test
  void aPeersOwnRequestsAreNoAnswers() {
    BlockingQueue<SnapshotMessage> waiting = answers.expect(1, new SnapshotsRequest());
    say(1, new SnapshotsRequest());
    say(1, new SnapshotPartRequest(8, Kind.ROOTS, 3));
    say(1, new OlderRequest(8));
    assertThat(waiting).isEmpty();
    say(1, new SnapshotsAnswer(List.of(8L)));
    assertThat(waiting).containsExactly(new SnapshotsAnswer(List.of(8L)));
  }

  @Test
  void aLateAnswerToAnotherQuestionDoesNotEndTheWait() {
    BlockingQueue<SnapshotMessage> waiting =
        answers.expect(1, new SnapshotPartRequest(8, Kind.ROOTS, 3));
    say(1, new SnapshotPart(8, Kind.ROOTS, 2, Bytes.empty()));
    say(1, new SnapshotPart(8, Kind.STATE, 3, Bytes.empty()));
    say(1, new SnapshotPart(7, Kind.ROOTS, 3, Bytes.empty()));
    say(1, new OlderResponse(List.of()));
    say(1, new SnapshotsAnswer(List.of()));
    assertThat(waiting).isEmpty();
    say(1, ROOTS);
    assertThat(waiting).containsExactly(ROOTS);
  }

  @Test
  void onlyTheFirstAnswerOfWhoWasAskedCounts() {
    BlockingQueue<SnapshotMessage> waiting =
        answers.expect(1, new SnapshotPartRequest(8, Kind.ROOTS, 3));
    say(2, ROOTS);
    assertThat(waiting).isEmpty();
    say(1, ROOTS);
    say(1, ROOTS);
    assertThat(waiting).hasSize(1);
  }

  @Test
  void onlyWhoWasAskedForAPartMaySendOne() {
    answers.expect(1, new SnapshotsRequest());
    assertThat(answers.isAwaited(1, Answer.SNAPSHOT_PART)).as("asked for a list").isFalse();
    answers.expect(1, new SnapshotPartRequest(8, Kind.ROOTS, 3));
    assertThat(answers.isAwaited(1, Answer.SNAPSHOT_PART)).isTrue();
    assertThat(answers.isAwaited(2, Answer.SNAPSHOT_PART)).isFalse();
    assertThat(answers.isAwaited(1, Answer.OLDER_BLOCKS)).isFalse();
    assertThat(answers.isAwaited(1, Answer.CHUNK_PIECE)).isFalse();
    say(1, ROOTS);
    assertThat(answers.isAwaited(1, Answer.SNAPSHOT_PART)).as("has answered").isFalse();
    answers.expect(1, new OlderRequest(8));
    assertThat(answers.isAwaited(1, Answer.OLDER_BLOCKS)).isTrue();
    assertThat(answers.isAwaited(1, Answer.SNAPSHOT_PART)).isFalse();
  }

  private void say(int peer, SnapshotMessage message) {
    boolean[] handled = new boolean[1];
    answers.onMessage(peer, message, () -> handled[0] = true);
    assertThat(handled[0]).isTrue();
  }
}
