package org.medseal.ledger.mempool;

import java.util.Collection;
import java.util.TreeMap;

/** What came by one link and waits, in order of arrival. */
final class Link {
  /** Parts in which shares of the mempool are counted. */
  private static final long PARTS = 1 << 20;

  private final int number;
  private final TreeMap<Long, Pending> waiting = new TreeMap<>();
  private long bytes;
  private int blobs;

  Link(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  int size() {
    return waiting.size();
  }

  /** Records with chunks among them. */
  int blobs() {
    return blobs;
  }

  void add(Pending each) {
    blobs += each.hasBlob() ? 1 : 0;
    waiting.put(each.arrival(), each);
    bytes += each.sizeBytes();
  }

  void remove(Pending each) {
    blobs -= each.hasBlob() ? 1 : 0;
    waiting.remove(each.arrival());
    bytes -= each.sizeBytes();
  }

  Pending newest() {
    return waiting.lastEntry().getValue();
  }

  Collection<Pending> oldestFirst() {
    return waiting.values();
  }

  /** Of count or bytes, whichever is used more. */
  long share(MempoolLimits limits) {
    return share(waiting.size(), bytes, limits);
  }

  long shareWith(int moreBytes, MempoolLimits limits) {
    return share(waiting.size() + 1L, bytes + moreBytes, limits);
  }

  private static long share(long count, long bytes, MempoolLimits limits) {
    return Math.max(count * PARTS / limits.maxCount(), bytes * PARTS / limits.maxBytes());
  }
}
