package org.medseal.ledger.explorer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Effect;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * One correct validator: the real core, led to a state by the events of its history, its own words
 * heard at once. Breaks off with an AssertionError where a rule for one validator is broken.
 */
final class Local {
  private final int self;
  private final Consensus core;
  private final List<Event> history = new ArrayList<>();
  private final Set<String> slots = new TreeSet<>();
  private int decided;

  Local(Model model, int self, List<Event> past) {
    this.self = self;
    this.core = model.core(self);
    past.forEach(this::on);
  }

  static Local started(Model model, int self) {
    return new Local(model, self, List.of(new Event.Started()));
  }

  void on(Event event) {
    history.add(event);
    Deque<Event> events = new ArrayDeque<>(List.of(event));
    for (Event next = events.poll(); next != null; next = events.poll()) {
      int lockedRound = core.lockedRound();
      int locked = Word.value(core.lockedValue());
      int validRound = core.validRound();
      for (Effect effect : core.on(next)) {
        answer(effect, lockedRound, locked).ifPresent(events::add);
      }
      require(core.lockedRound() >= lockedRound, "the locked round fell");
      require(core.validRound() >= validRound, "the valid round fell");
      require(core.lockedRound() <= core.validRound(), "locked above the valid round");
    }
    requireRemembered();
  }

  private Optional<Event> answer(Effect effect, int lockedRound, int locked) {
    if (effect instanceof Effect.SignVote sign) {
      judge(sign.unsigned(), lockedRound, locked);
      return Optional.of(new Event.VoteReceived(sign.unsigned()));
    }
    if (effect instanceof Effect.SignProposal sign) {
      Proposal offer = sign.unsigned();
      require(slots.add("proposal " + offer.round()), "two proposals in one round");
      int value = Word.value(Optional.of(offer.blockId()));
      require(
          offer.validRound() < 0 || isQuorum(offer.validRound(), value),
          "proposed again without a quorum");
      return Optional.of(new Event.ProposalReceived(offer, true, true));
    }
    if (effect instanceof Effect.RequestProposal request) {
      return Optional.of(new Event.Proposed(request.round(), Word.id(request.round() + 1)));
    } else if (effect instanceof Effect.Decide decide) {
      decided = Word.value(Optional.of(decide.certificate().blockId()));
      require(decided != Model.INVALID, "an invalid block was decided");
      long signers =
          decide.certificate().signatures().stream()
              .map(each -> each.validator())
              .distinct()
              .count();
      require(3 * signers > 2 * Model.SIZE, "decided by two thirds or less");
    }
    return Optional.empty();
  }

  private void judge(Vote vote, int lockedRound, int locked) {
    int value = Word.value(vote.blockId());
    require(slots.add(vote.type() + " " + vote.round()), "two votes in one slot");
    if (value == 0) {
      return;
    }
    require(value != Model.INVALID, "a vote for an invalid block");
    if (vote.type() == VoteType.PRECOMMIT) {
      require(isQuorum(vote.round(), value), "precommit without a quorum of prevotes");
    } else if (lockedRound >= 0 && locked != value) {
      boolean released = false;
      for (int since = lockedRound; since < vote.round(); since++) {
        released |= isQuorum(since, value);
      }
      require(released, "prevote against the lock");
    }
  }

  /** U4 in any step: a quorum in the present round makes its block the valid one. */
  private void requireRemembered() {
    if (decided == 0 && core.step().compareTo(Step.PREVOTE) >= 0) {
      for (Proposal each : core.messages().proposals(core.round())) {
        int value = Word.value(Optional.of(each.blockId()));
        require(
            value == Model.INVALID
                || !isQuorum(core.round(), value)
                || core.validRound() == core.round(),
            "a block with a quorum was forgotten");
      }
    }
  }

  private boolean isQuorum(int round, int value) {
    return 3 * support(VoteType.PREVOTE, round, value) > 2 * Model.SIZE;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  List<Event> history() {
    return Collections.unmodifiableList(history);
  }

  /** 0 before the decision. */
  int decided() {
    return decided;
  }

  int round() {
    return core.round();
  }

  boolean knows(Word word) {
    if (word instanceof Word.Offer offer) {
      return core.messages().proposals(offer.round()).stream()
          .anyMatch(each -> Word.of(each).equals(offer));
    }
    Word.Ballot ballot = (Word.Ballot) word;
    return core.messages().votes(ballot.round(), ballot.type()).stream()
        .anyMatch(each -> Word.of(each).equals(ballot));
  }

  Step step() {
    return core.step();
  }

  List<Word.Offer> offers(int round) {
    return core.messages().proposals(round).stream()
        .map(each -> (Word.Offer) Word.of(each))
        .toList();
  }

  boolean hasOffer(int value) {
    return core.messages().rounds().stream()
        .flatMap(round -> offers(round).stream())
        .anyMatch(each -> each.value() == value);
  }

  /** How many have been heard to vote so. */
  long support(VoteType type, int round, int value) {
    return core.messages().votes(round, type).stream()
        .filter(each -> Word.value(each.blockId()) == value)
        .map(Vote::validator)
        .distinct()
        .count();
  }

  /** All it has said, for everybody to hear at any later time. */
  Set<Word> said() {
    Set<Word> said = new HashSet<>();
    for (int round : core.messages().rounds()) {
      core.messages().proposals(round).stream()
          .map(Word::of)
          .filter(each -> each.speaker() == self)
          .forEach(said::add);
      for (VoteType type : VoteType.values()) {
        core.messages().votes(round, type).stream()
            .map(Word::of)
            .filter(each -> each.speaker() == self)
            .forEach(said::add);
      }
    }
    return said;
  }

  /** What others or its own later steps can tell apart at once. */
  String visible() {
    return stand() + slots;
  }

  private String stand() {
    return core.round()
        + " "
        + core.step()
        + " "
        + core.lockedRound()
        + "/"
        + Word.value(core.lockedValue())
        + " "
        + core.validRound()
        + "/"
        + Word.value(core.validValue())
        + " "
        + decided
        + " ";
  }

  /** Two of the same go on in the same ways. */
  String fingerprint() {
    String said = said().stream().map(Object::toString).sorted().toList().toString();
    if (decided != 0) {
      return "decided " + decided + said;
    }
    StringBuilder text = new StringBuilder(stand()).append(said);
    for (int round : core.messages().rounds()) {
      text.append('|').append(round);
      core.messages().proposals(round).forEach(each -> text.append(Word.of(each)));
      for (VoteType type : VoteType.values()) {
        if (isSettled(round, type)) {
          text.append("settled ").append(type).append(core.messages().majority(round, type));
        } else {
          core.messages().votes(round, type).forEach(each -> append(text, each));
        }
      }
    }
    return text.toString();
  }

  /** With a quorum for a value and the own word given, no further vote there changes anything. */
  private boolean isSettled(int round, VoteType type) {
    boolean spoken = core.round() > round || core.step() == Step.PRECOMMIT;
    return type == VoteType.PREVOTE
        && core.messages().majority(round, type).isPresent()
        && spoken
        && core.messages().votes(round, VoteType.PRECOMMIT).stream()
            .anyMatch(each -> each.validator() == self);
  }

  private static void append(StringBuilder text, Vote vote) {
    text.append(vote.type().name().charAt(3)).append(vote.validator()).append('=');
    text.append(Word.value(vote.blockId())).append(' ');
  }
}
