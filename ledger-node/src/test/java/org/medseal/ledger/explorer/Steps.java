package org.medseal.ledger.explorer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.model.VoteType;

/**
 * Everything one correct validator may do next. A step is a set of messages, with a timeout or
 * without, that changes what others can see or how it will act; what changes nothing yet may as
 * well come later, so it is left for the step in which it matters. Of two sets with the same
 * outcome the smaller stands for both: the rest can still come.
 */
final class Steps {
  private final Model model;
  private final int self;

  Steps(Model model, int self) {
    this.model = model;
    this.self = self;
  }

  /**
   * @param said all words of the other correct ones
   */
  List<Local> of(Local from, Set<Word> said) {
    List<List<Word>> sets = new ArrayList<>(sets(from, said));
    sets.sort(Comparator.comparingInt(List::size));
    Map<String, List<Set<Word>>> known = new HashMap<>();
    List<Local> reached = new ArrayList<>();
    String before = from.visible();
    for (List<Word> each : sets) {
      Local after = new Local(model, self, from.history());
      each.forEach(word -> after.on(word.event()));
      add(after, before, each, known, reached);
      for (Event timeout : after.timeouts()) {
        Local later = new Local(model, self, after.history());
        later.on(timeout);
        add(later, before, each, known, reached);
      }
    }
    return reached;
  }

  private void add(
      Local after,
      String before,
      List<Word> words,
      Map<String, List<Set<Word>>> known,
      List<Local> reached) {
    String visible = after.visible();
    if (visible.equals(before) || after.round() >= model.rounds()) {
      return;
    }
    List<Set<Word>> smaller = known.computeIfAbsent(visible, key -> new ArrayList<>());
    if (smaller.stream().noneMatch(words::containsAll)) {
      smaller.add(new HashSet<>(words));
      reached.add(after);
    }
  }

  private Set<List<Word>> sets(Local from, Set<Word> said) {
    Set<List<Word>> sets = new HashSet<>();
    sets.add(List.of());
    List<Word> offers = new ArrayList<>();
    for (int round = 0; round < model.rounds() && round <= from.round() + 1; round++) {
      int at = round;
      said.stream()
          .filter(each -> each instanceof Word.Offer && each.round() == at)
          .forEach(offers::add);
      offers.addAll(model.lyingOffers(round));
    }
    offers.removeIf(from::knows);
    offers.forEach(each -> sets.add(List.of(each)));
    for (int round = 0; round < model.rounds(); round++) {
      for (VoteType type : VoteType.values()) {
        for (List<Word> votes : votes(from, said, type, round)) {
          sets.add(votes);
          for (Word offer : offers) {
            if (belong((Word.Offer) offer, type, round)) {
              List<Word> both = new ArrayList<>(votes);
              both.add(offer);
              sets.add(both);
            }
          }
        }
      }
    }
    return sets;
  }

  private static boolean belong(Word.Offer offer, VoteType type, int round) {
    return offer.round() == round || (offer.since() == round && type == VoteType.PREVOTE);
  }

  /** From each other validator at most one vote of this round and type. */
  private Collection<List<Word>> votes(Local from, Set<Word> said, VoteType type, int round) {
    List<List<Word>> sets = new ArrayList<>();
    sets.add(List.of());
    for (int voter = 0; voter < Model.SIZE; voter++) {
      if (voter == self) {
        continue;
      }
      List<Word> choices = new ArrayList<>();
      if (voter == model.liar()) {
        choices.addAll(model.lyingBallots(type, round));
      } else {
        int speaker = voter;
        said.stream()
            .filter(each -> each.speaker() == speaker && each.round() == round)
            .filter(each -> each instanceof Word.Ballot ballot && ballot.type() == type)
            .forEach(choices::add);
      }
      choices.removeIf(from::knows);
      List<List<Word>> more = new ArrayList<>(sets);
      for (Word choice : choices) {
        for (List<Word> set : sets) {
          List<Word> larger = new ArrayList<>(set);
          larger.add(choice);
          more.add(larger);
        }
      }
      sets = more;
    }
    sets.remove(List.of());
    return sets;
  }
}
