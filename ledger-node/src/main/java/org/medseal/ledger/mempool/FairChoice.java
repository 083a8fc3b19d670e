package org.medseal.ledger.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** Fills a block from several links so that none gets more bytes than another that still waits. */
final class FairChoice {
  private static final class Turn {
    private final Iterator<Pending> rest;
    private Pending next;
    private long chosenBytes;

    Turn(Iterator<Pending> rest) {
      this.rest = rest;
      this.next = rest.next();
    }

    /** False at the link's end. */
    boolean advance() {
      if (rest.hasNext()) {
        next = rest.next();
        return true;
      }
      return false;
    }
  }

  private FairChoice() {}

  static List<Pending> of(
      Collection<Link> links, int maxBytes, int maxRecords, Predicate<Pending> isReady) {
    PriorityQueue<Turn> turns =
        new PriorityQueue<>(
            Comparator.<Turn>comparingLong(turn -> turn.chosenBytes)
                .thenComparingLong(turn -> turn.next.arrival()));
    for (Link link : links) {
      if (link.size() > 0) {
        turns.add(new Turn(link.oldestFirst().iterator()));
      }
    }
    List<Pending> chosen = new ArrayList<>();
    long left = maxBytes;
    int records = 0;
    while (!turns.isEmpty() && left > 0) {
      Turn turn = turns.remove();
      Pending next = turn.next;
      boolean fits =
          next.sizeBytes() <= left
              && !(next.isRecord() && records == maxRecords)
              && isReady.test(next);
      if (fits) {
        chosen.add(next);
        left -= next.sizeBytes();
        turn.chosenBytes += next.sizeBytes();
        records += next.isRecord() ? 1 : 0;
      }
      if (turn.advance()) {
        turns.add(turn);
      }
    }
    return chosen;
  }
}
