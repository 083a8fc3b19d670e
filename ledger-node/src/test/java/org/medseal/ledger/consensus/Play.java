package org.medseal.ledger.consensus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * One validator on stage; the others are spoken by the test. Validators are numbers, blocks
 * letters, "nil" is nil. With the default stakes any three are a quorum, any two some honest, and
 * the proposers are 0, 1, 2, 3, 0 and so on. Own words are signed and heard at once.
 */
final class Play {
  static final long HEIGHT = 7;
  private static final Timeouts TIMEOUTS = new Timeouts(1_000, 500, 500, 3_000);

  private final Consensus consensus;
  private final List<String> said = new ArrayList<>();
  private String lastDecision = "";

  private Play(int self, long... stakes) {
    this.consensus =
        new Consensus(
            new HeightConfiguration(
                HEIGHT,
                ProposerRotation.start(validators(stakes)),
                self < 0 ? OptionalInt.empty() : OptionalInt.of(self),
                TIMEOUTS));
  }

  static Play as(int self) {
    return withStakes(self, 30, 26, 24, 20);
  }

  static Play withStakes(int self, long... stakes) {
    return new Play(self, stakes);
  }

  static ValidatorSet validators(long... stakes) {
    List<Validator> validators = new ArrayList<>();
    for (long stake : stakes) {
      byte[] key = new byte[32];
      key[0] = (byte) validators.size();
      validators.add(
          new Validator(validators.size(), "h" + validators.size(), Bytes.of(key), stake));
    }
    return new ValidatorSet(validators);
  }

  Play started() {
    return on(new Event.Started());
  }

  Play proposal(int round, String block) {
    return proposal(round, block, -1);
  }

  Play proposal(int round, String block, int validRound) {
    return offered(round, block, validRound, true, true);
  }

  Play invalidProposal(int round, String block) {
    return offered(round, block, -1, false, true);
  }

  Play untimelyProposal(int round, String block, int validRound) {
    return offered(round, block, validRound, true, false);
  }

  private Play offered(int round, String block, int validRound, boolean valid, boolean timely) {
    int proposer = consensus.proposer(round);
    Proposal proposal = new Proposal(HEIGHT, round, validRound, id(block), proposer, signature());
    return on(new Event.ProposalReceived(proposal, valid, timely));
  }

  Play built(int round, String block) {
    return on(new Event.Proposed(round, id(block)));
  }

  Play prevotes(int round, String block, int... validators) {
    return votes(VoteType.PREVOTE, round, block, validators);
  }

  Play precommits(int round, String block, int... validators) {
    return votes(VoteType.PRECOMMIT, round, block, validators);
  }

  private Play votes(VoteType type, int round, String block, int... validators) {
    for (int each : validators) {
      on(new Event.VoteReceived(new Vote(type, HEIGHT, round, value(block), each, signature())));
    }
    return this;
  }

  Play timeout(Step step, int round) {
    return timeout(HEIGHT, step, round);
  }

  Play timeout(long height, Step step, int round) {
    return on(new Event.TimedOut(height, round, step));
  }

  private Play on(Event event) {
    Deque<Event> events = new ArrayDeque<>(List.of(event));
    for (Event next = events.poll(); next != null; next = events.poll()) {
      for (Effect effect : consensus.on(next)) {
        said.add(text(effect));
        answer(effect).ifPresent(events::add);
      }
    }
    return this;
  }

  private Optional<Event> answer(Effect effect) {
    if (effect instanceof Effect.SignVote sign) {
      return Optional.of(new Event.VoteReceived(sign.unsigned()));
    }
    if (effect instanceof Effect.SignProposal sign) {
      return Optional.of(new Event.ProposalReceived(sign.unsigned(), true, true));
    }
    return Optional.empty();
  }

  private String text(Effect effect) {
    if (effect instanceof Effect.SignVote sign) {
      Vote vote = sign.unsigned();
      String value = vote.blockId().map(Play::name).orElse("nil");
      return vote.type().name().toLowerCase(java.util.Locale.ROOT)
          + " "
          + value
          + " in "
          + vote.round();
    } else if (effect instanceof Effect.SignProposal sign) {
      Proposal proposal = sign.unsigned();
      return "propose "
          + name(proposal.blockId())
          + " since "
          + proposal.validRound()
          + " in "
          + proposal.round();
    } else if (effect instanceof Effect.StartTimer timer) {
      return "timer " + timer.step() + " of " + timer.round();
    } else if (effect instanceof Effect.RequestProposal request) {
      return "build for " + request.round();
    } else if (effect instanceof Effect.Decide decide) {
      lastDecision =
          name(decide.certificate().blockId())
              + " by "
              + decide.certificate().signatures().stream().map(s -> s.validator()).toList();
      return "decide "
          + name(decide.certificate().blockId())
          + " in "
          + decide.certificate().round();
    } else if (effect instanceof Effect.ReportEvidence report) {
      return "evidence against " + accused(report.evidence());
    }
    Effect.NeedBlock need = (Effect.NeedBlock) effect;
    return "need " + name(need.blockId());
  }

  private static int accused(Evidence evidence) {
    return evidence instanceof Evidence.DuplicateVote votes
        ? votes.first().validator()
        : ((Evidence.DuplicateProposal) evidence).first().proposer();
  }

  /** What was said since the last look. */
  List<String> heard() {
    List<String> heard = List.copyOf(said);
    said.clear();
    return heard;
  }

  Play unheard() {
    said.clear();
    return this;
  }

  String decision() {
    return lastDecision;
  }

  Consensus core() {
    return consensus;
  }

  static Hash id(String block) {
    return Hash.of(Arrays.copyOf(block.getBytes(StandardCharsets.UTF_8), 32));
  }

  private static Optional<Hash> value(String block) {
    return block.equals("nil") ? Optional.empty() : Optional.of(id(block));
  }

  private static String name(Hash id) {
    return new String(id.toArray(), StandardCharsets.UTF_8).trim();
  }

  private static Bytes signature() {
    return Bytes.of(new byte[64]);
  }
}
