package org.medseal.ledger.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through every state that three correct validators can reach beside a Byzantine one that may
 * send any well-formed message to anyone at any time, over a network that delays without end. Lost
 * and late are the same here; repetition changes nothing. Breadth first; a validator's states are
 * compared by content and numbered, a state of all three is the three numbers in 64 bits.
 */
final class Explorer {
  private static final int BITS = 20; // of a validator's state, and of a set of words

  private final Model model;
  private final long mostStates;
  private final List<List<Local>> locals = new ArrayList<>(); // by validator, then number
  private final List<Map<String, Integer>> numbers = new ArrayList<>();
  private final List<List<Integer>> said = new ArrayList<>(); // number of its words, by number
  private final List<Set<Word>> words = new ArrayList<>();
  private final Map<Set<Word>, Integer> wordNumbers = new HashMap<>();
  private final Map<Long, int[]> known = new HashMap<>(); // by state and what may be heard
  private int decided;

  /** How far it went; whole says whether nothing within the bound is left. */
  record Result(long states, long steps, int depth, int localStates, boolean whole, int decided) {}

  Explorer(Model model, long mostStates) {
    this.model = model;
    this.mostStates = mostStates;
  }

  /** AssertionError when two correct validators decide differently, or a single one errs. */
  Result run() {
    long start = 0;
    for (int i = 0; i < 3; i++) {
      locals.add(new ArrayList<>());
      numbers.add(new HashMap<>());
      said.add(new ArrayList<>());
      start = with(start, i, number(i, Local.started(model, model.honest().get(i))));
    }
    LongSet seen = new LongSet();
    seen.add(start);
    LongList open = new LongList();
    open.add(start);
    long steps = 0;
    int depth = 0;
    for (; open.size() > 0 && seen.size() < mostStates; depth++) {
      LongList next = new LongList();
      for (int at = 0; at < open.size() && seen.size() < mostStates; at++) {
        for (int i = 0; i < 3; i++) {
          for (int after : successors(i, open.get(at))) {
            steps++;
            long state = with(open.get(at), i, after);
            if (seen.add(state)) {
              agree(state);
              next.add(state);
            }
          }
        }
      }
      open = next;
    }
    int localStates = locals.stream().mapToInt(List::size).sum();
    boolean whole = seen.size() < mostStates;
    return new Result(seen.size(), steps, depth, localStates, whole, decided);
  }

  private static int of(long state, int position) {
    return (int) (state >>> (BITS * position)) & ((1 << BITS) - 1);
  }

  private static long with(long state, int position, int number) {
    long mask = ((1L << BITS) - 1) << (BITS * position);
    return (state & ~mask) | ((long) number << (BITS * position));
  }

  private int number(int position, Local local) {
    return numbers
        .get(position)
        .computeIfAbsent(
            local.fingerprint(),
            key -> {
              locals.get(position).add(local);
              said.get(position).add(wordNumber(local.said()));
              int number = locals.get(position).size() - 1;
              if (number >= 1 << BITS) {
                throw new IllegalStateException("too many states of one validator");
              }
              return number;
            });
  }

  private int wordNumber(Set<Word> spoken) {
    return wordNumbers.computeIfAbsent(
        spoken,
        key -> {
          words.add(key);
          return words.size() - 1;
        });
  }

  private int[] successors(int position, long state) {
    int one = (position + 1) % 3;
    int other = (position + 2) % 3;
    int number = of(state, position);
    int heard = said.get(one).get(of(state, one));
    int heardToo = said.get(other).get(of(state, other));
    long situation =
        ((long) position << (3 * BITS)) | with(with(with(0, 0, number), 1, heard), 2, heardToo);
    return known.computeIfAbsent(situation, key -> moves(position, number, heard, heardToo));
  }

  private int[] moves(int position, int number, int heard, int heardToo) {
    Local local = locals.get(position).get(number);
    if (local.decided() != 0) {
      return new int[0];
    }
    Set<Word> audible = new HashSet<>(words.get(heard));
    audible.addAll(words.get(heardToo));
    return new Moves(model, model.honest().get(position))
        .of(local, audible).stream().mapToInt(each -> number(position, each)).distinct().toArray();
  }

  private void agree(long state) {
    int[] decisions = new int[3];
    for (int i = 0; i < 3; i++) {
      decisions[i] = locals.get(i).get(of(state, i)).decided();
    }
    int[] distinct = Arrays.stream(decisions).filter(each -> each != 0).distinct().toArray();
    decided += distinct.length > 0 ? 1 : 0;
    if (distinct.length > 1) {
      StringBuilder told = new StringBuilder("two values decided: " + Arrays.toString(decisions));
      for (int i = 0; i < 3; i++) {
        told.append(locals.get(i).get(of(state, i)).history());
      }
      throw new AssertionError(told.toString());
    }
  }
}
