package org.medseal.ledger.explorer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through every state that three correct validators can reach beside a Byzantine one that may
 * send any well-formed message to anyone at any time, over a network that delays without end. Lost
 * and late are the same here; repetition changes nothing. Breadth first, states compared by
 * content; a correct validator's state is worked out once however many global states it is part of.
 */
final class Explorer {
  private final Model model;
  private final long mostStates;
  private final List<List<Local>> locals = new ArrayList<>(); // by validator, then number
  private final List<Map<String, Integer>> numbers = new ArrayList<>();
  private final List<List<Set<Word>>> said = new ArrayList<>();
  private final Map<Situation, int[]> known = new HashMap<>();

  /** One validator's state and all the words it may hear. */
  private record Situation(int validator, int state, Set<Word> words) {}

  /** How far it went; whole says whether nothing within the bound is left. */
  record Result(long states, long steps, int depth, int localStates, boolean whole, int decided) {}

  private record Global(int first, int second, int third) {
    int of(int position) {
      return position == 0 ? first : position == 1 ? second : third;
    }

    Global with(int position, int state) {
      return new Global(
          position == 0 ? state : first,
          position == 1 ? state : second,
          position == 2 ? state : third);
    }
  }

  private record Reached(Global state, int depth) {}

  Explorer(Model model, long mostStates) {
    this.model = model;
    this.mostStates = mostStates;
  }

  /** AssertionError when two correct validators decide differently, or a single one errs. */
  Result run() {
    int[] starts = new int[3];
    for (int i = 0; i < 3; i++) {
      locals.add(new ArrayList<>());
      numbers.add(new HashMap<>());
      said.add(new ArrayList<>());
      starts[i] = number(i, Local.started(model, model.honest().get(i)));
    }
    Global start = new Global(starts[0], starts[1], starts[2]);
    Set<Global> seen = new HashSet<>(Set.of(start));
    Deque<Reached> open = new ArrayDeque<>(List.of(new Reached(start, 0)));
    long steps = 0;
    int depth = 0;
    int decided = 0;
    while (!open.isEmpty() && seen.size() < mostStates) {
      Reached next = open.poll();
      depth = Math.max(depth, next.depth());
      for (int i = 0; i < 3; i++) {
        for (int after : successors(i, next.state())) {
          steps++;
          Global state = next.state().with(i, after);
          if (seen.add(state)) {
            decided += agree(state) ? 1 : 0;
            open.add(new Reached(state, next.depth() + 1));
          }
        }
      }
    }
    int localStates = locals.stream().mapToInt(List::size).sum();
    return new Result(seen.size(), steps, depth, localStates, open.isEmpty(), decided);
  }

  private int number(int position, Local local) {
    return numbers
        .get(position)
        .computeIfAbsent(
            local.fingerprint(),
            key -> {
              locals.get(position).add(local);
              said.get(position).add(local.said());
              return locals.get(position).size() - 1;
            });
  }

  private int[] successors(int position, Global state) {
    Set<Word> words = new HashSet<>();
    for (int other = 0; other < 3; other++) {
      if (other != position) {
        words.addAll(said.get(other).get(state.of(other)));
      }
    }
    Situation situation = new Situation(position, state.of(position), words);
    int[] after = known.get(situation);
    if (after == null) {
      Local local = locals.get(position).get(state.of(position));
      List<Local> reached =
          local.decided() != 0
              ? List.of()
              : new Steps(model, model.honest().get(position)).of(local, words);
      after = reached.stream().mapToInt(each -> number(position, each)).distinct().toArray();
      known.put(situation, after);
    }
    return after;
  }

  /** Whether somebody has decided. */
  private boolean agree(Global state) {
    int[] decisions = new int[3];
    for (int i = 0; i < 3; i++) {
      decisions[i] = locals.get(i).get(state.of(i)).decided();
    }
    int[] distinct = Arrays.stream(decisions).filter(each -> each != 0).distinct().toArray();
    if (distinct.length > 1) {
      throw new AssertionError(
          "two values decided: "
              + Arrays.toString(decisions)
              + locals.get(0).get(state.first()).history()
              + locals.get(1).get(state.second()).history()
              + locals.get(2).get(state.third()).history());
    }
    return distinct.length > 0;
  }
}
