package org.medseal.ledger.sim;

import java.util.Optional;
import java.util.PriorityQueue;

/** Virtual time: what happens when, in one order for one seed. */
final class Schedule {
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long nowMs;
  private long sequence;

  /**
   * Something that happens to a node in one of its lives, or to the world.
   *
   * @param incarnation of the node when it was planned; it happens to no later one
   */
  record Due(long atMs, long order, Optional<SimNode> node, long incarnation, Runnable action)
      implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
    }
  }

  long nowMs() {
    return nowMs;
  }

  /** Returns a number that no other plan has. */
  long plan(long delayMs, SimNode node, Runnable action) {
    long order = sequence++;
    queue.add(new Due(nowMs + delayMs, order, Optional.of(node), node.incarnation(), action));
    return order;
  }

  void plan(long delayMs, Runnable action) {
    queue.add(new Due(nowMs + delayMs, sequence++, Optional.empty(), 0, action));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** The next one up to a time, at which it then is. */
  Optional<Due> next(long untilMs) {
    if (queue.isEmpty() || queue.peek().atMs() > untilMs) {
      nowMs = Math.max(nowMs, untilMs);
      return Optional.empty();
    }
    Due next = queue.poll();
    nowMs = next.atMs();
    return Optional.of(next);
  }
}
