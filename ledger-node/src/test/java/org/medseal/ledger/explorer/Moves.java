package org.medseal.ledger.explorer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.model.VoteType;

/**
 * Everything one correct validator may do next that others can see or that changes how it will act.
 * What was said can be heard at any later time, so a validator hears only what makes it act, at the
 * moment it does: a state that has heard less can do all that one can which has heard more. For the
 * same reason a timer of U3 or U6 asks only whether enough words could have been heard by now, and
 * of several quorums for one value one stands for all.
 */
final class Moves {
  private final Model model;
  private final int self;

  Moves(Model model, int self) {
    this.model = model;
    this.self = self;
  }

  /**
   * @param said all words of the other correct ones
   */
  Collection<Local> of(Local from, Set<Word> said) {
    List<List<Event>> scripts = new ArrayList<>();
    timeouts(from, said).forEach(each -> scripts.add(List.of(each)));
    List<List<Word>> words = new ArrayList<>();
    if (from.step() == Step.PROPOSE) {
      addOffers(from, said, words);
    } else if (from.step() != Step.IDLE) {
      addQuorums(from, said, VoteType.PREVOTE, from.round(), words);
    }
    for (int round = 0; round < model.rounds(); round++) {
      addQuorums(from, said, VoteType.PRECOMMIT, round, words);
    }
    addLeaps(from, said, words);
    words.forEach(each -> scripts.add(each.stream().map(Word::event).toList()));
    TreeMap<String, Local> reached = new TreeMap<>();
    String before = from.visible();
    for (List<Event> script : scripts) {
      Local after = new Local(model, self, from.history());
      script.forEach(after::on);
      if (after.round() < model.rounds() && !after.visible().equals(before)) {
        reached.putIfAbsent(after.fingerprint(), after);
      }
    }
    return reached.values();
  }

  private List<Event> timeouts(Local from, Set<Word> said) {
    List<Event> possible = new ArrayList<>();
    int round = from.round();
    if (from.step() == Step.PROPOSE
        || (from.step() == Step.PREVOTE && hasEnough(from, said, VoteType.PREVOTE))) {
      possible.add(new Event.TimedOut(Word.HEIGHT, round, from.step()));
    }
    if (round + 1 < model.rounds() && hasEnough(from, said, VoteType.PRECOMMIT)) {
      possible.add(new Event.TimedOut(Word.HEIGHT, round, Step.PRECOMMIT));
    }
    return possible;
  }

  /** Any votes of three; the liar's is nil, so that they need be no quorum for a value. */
  private boolean hasEnough(Local from, Set<Word> said, VoteType type) {
    long voters =
        1
            + from.said().stream().filter(each -> isVote(each, type, from.round())).count()
            + said.stream().filter(each -> isVote(each, type, from.round())).count();
    return 3 * voters > 2 * Model.SIZE;
  }

  private static boolean isVote(Word word, VoteType type, int round) {
    return word instanceof Word.Ballot ballot && ballot.type() == type && ballot.round() == round;
  }

  /** U1, U2. */
  private void addOffers(Local from, Set<Word> said, List<List<Word>> words) {
    List<Word.Offer> first = from.offers(from.round());
    for (Word.Offer offer : first.isEmpty() ? offers(said, from.round()) : first.subList(0, 1)) {
      List<Word> heard = new ArrayList<>();
      boolean whole =
          offer.since() < 0
              || addQuorum(from, said, VoteType.PREVOTE, offer.since(), offer.value(), heard);
      if (whole) {
        heard.add(offer);
        words.add(heard);
      }
    }
  }

  private List<Word.Offer> offers(Set<Word> said, int round) {
    List<Word.Offer> offers = new ArrayList<>();
    for (Word each : said) {
      if (each instanceof Word.Offer offer && offer.round() == round) {
        offers.add(offer);
      }
    }
    model.lyingOffers(round).forEach(each -> offers.add((Word.Offer) each));
    return offers;
  }

  /** U4, U7: a quorum and, where it is not known yet, an offer of the block. */
  private void addQuorums(
      Local from, Set<Word> said, VoteType type, int round, List<List<Word>> words) {
    for (int value : model.blocks()) {
      List<Word> heard = new ArrayList<>();
      if (!addQuorum(from, said, type, round, value, heard)) {
        continue;
      }
      if (from.hasOffer(value)) {
        words.add(heard);
        continue;
      }
      for (int at = 0; at <= from.round() + 1 && at < model.rounds(); at++) {
        for (Word.Offer offer : offers(said, at)) {
          if (offer.value() == value) {
            List<Word> both = new ArrayList<>(heard);
            both.add(offer);
            words.add(both);
          }
        }
      }
    }
  }

  /** False if there is none; correct ones first, so that the liar's second word would count. */
  private boolean addQuorum(
      Local from, Set<Word> said, VoteType type, int round, int value, List<Word> heard) {
    long power = from.support(type, round, value);
    List<Integer> voters =
        IntStream.range(0, Model.SIZE).filter(each -> each != self).boxed().toList();
    List<Word> ballots = new ArrayList<>();
    for (int voter : voters) {
      Word.Ballot ballot = new Word.Ballot(voter, type, round, value);
      if (voter != model.liar() && said.contains(ballot)) {
        ballots.add(ballot);
      }
    }
    if (model.isSayable(value)) {
      ballots.add(new Word.Ballot(model.liar(), type, round, value));
    }
    for (Word each : ballots) {
      if (3 * power <= 2 * Model.SIZE && !from.knows(each)) {
        heard.add(each);
        power++;
      }
    }
    return 3 * power > 2 * Model.SIZE;
  }

  /** U8: a word of a later round, and the liar's. */
  private void addLeaps(Local from, Set<Word> said, List<List<Word>> words) {
    for (Word each : said) {
      if (each.round() > from.round()) {
        words.add(List.of(each, new Word.Ballot(model.liar(), VoteType.PREVOTE, each.round(), 0)));
      }
    }
  }
}
