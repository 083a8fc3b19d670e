package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.RoundStatus;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VotesRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.WantMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;
import org.medseal.ledger.sim.SimGenesis;

class PeerMessagesTest {
  private static final int MAX = 1 << 20;
  private static final Bytes SIGNATURE = Bytes.of(new byte[64]);
  private static final Hash ID = Hash.fromHex("ab".repeat(32));

  /** One of each kind at least; the fuzzer starts from them too. */
  static List<PeerMessage> messages() {
    List<PeerMessage> all = new ArrayList<>(ledgerMessages());
    all.addAll(BlobMessagesTest.ALL);
    return all;
  }

  @Test
  void noKindOfMessageIsForgotten() {
    Set<Class<?>> here = new HashSet<>();
    messages().forEach(each -> here.add(each.getClass()));
    assertThat(here).isEqualTo(kinds(PeerMessage.class));
  }

  private static Set<Class<?>> kinds(Class<?> kind) {
    Set<Class<?>> all = new HashSet<>();
    if (kind.isSealed()) {
      for (Class<?> each : kind.getPermittedSubclasses()) {
        all.addAll(kinds(each));
      }
    } else {
      all.add(kind);
    }
    return all;
  }

  private static List<PeerMessage> ledgerMessages() {
    Vote nil = new Vote(VoteType.PREVOTE, 7, 2, Optional.empty(), 3, SIGNATURE);
    Vote vote = new Vote(VoteType.PRECOMMIT, 7, 2, Optional.of(ID), 3, SIGNATURE);
    CommitCertificate certificate =
        new CommitCertificate(6, 0, ID, List.of(new CommitSignature(0, SIGNATURE)));
    Block block =
        new Block(
            new BlockHeader(1, "sim", 7, 99, ID, ID, ID, ID, ID, ID, ID, ID, ID, ID, ID, 2),
            List.of(SimGenesis.transaction(1, false, 40)),
            Optional.of(certificate),
            List.of(new Evidence.DuplicateVote(nil, vote)));
    BitSet some = new BitSet();
    some.set(0);
    some.set(9);
    RoundStatus round =
        new RoundStatus(2, true, Voters.of(some), Voters.NONE, Optional.of(ID), Optional.empty());
    return List.of(
        new ProposalMessage(new Proposal(7, 2, -1, ID, 2, SIGNATURE), block),
        new VoteMessage(nil),
        new VoteMessage(vote),
        new StatusMessage(7, 2, Step.PREVOTE, List.of(round)),
        new StatusMessage(7, 5, 2, Step.PREVOTE, List.of(round)),
        new PeerMessage.SnapshotsRequest(),
        new PeerMessage.SnapshotsAnswer(List.of(4L, 8L)),
        new PeerMessage.SnapshotPartRequest(8, SnapshotPart.Kind.LOOKUPS, 256),
        new SnapshotPart(8, SnapshotPart.Kind.STATE, 1, Bytes.of(new byte[] {1, 2})),
        new PeerMessage.OlderRequest(8),
        new PeerMessage.OlderResponse(
            List.of(new OlderBlock(new StoredBlock(block, certificate), Bytes.of(new byte[] {3})))),
        new VotesRequest(7, 2, VoteType.PRECOMMIT, ID, Voters.of(some)),
        new BlocksRequest(1, 64),
        new BlocksResponse(List.of(new StoredBlock(block, certificate))),
        new TransactionsMessage(block.transactions()),
        new StemMessage(block.transactions()),
        new OfferMessage(List.of(ID, Hash.ZERO)),
        new WantMessage(List.of(ID)),
        new WitnessRequest(Bytes.of(new byte[32])),
        new WitnessAnswer(7, List.of(nil, vote), List.of(new Proposal(7, 2, 1, ID, 2, SIGNATURE))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageComesBackAsItWas(PeerMessage message) {
    byte[] bytes = PeerMessages.encode(message);
    assertThat(PeerMessages.decode(bytes, MAX)).isEqualTo(message);
    assertThat(PeerMessages.encode(PeerMessages.decode(bytes, MAX))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyCutAndEveryTailIsRefused(PeerMessage message) {
    byte[] bytes = PeerMessages.encode(message);
    for (int length = 0; length <= bytes.length + 1; length++) {
      byte[] other = Arrays.copyOf(bytes, length);
      if (length != bytes.length) {
        assertThatThrownBy(() -> PeerMessages.decode(other, MAX))
            .isInstanceOf(CodecException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageAboveTheBoundIsRefused(PeerMessage message) {
    byte[] bytes = PeerMessages.encode(message);
    assertThatThrownBy(() -> PeerMessages.decode(bytes, bytes.length - 1))
        .isInstanceOf(CodecException.class);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aFlippedByteIsReadOrRefusedButNeverAnythingElse(PeerMessage message) {
    byte[] bytes = PeerMessages.encode(message);
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) 0xff;
      try {
        assertThat(PeerMessages.encode(PeerMessages.decode(flipped, MAX))).isEqualTo(flipped);
      } catch (CodecException refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }
  }
}
