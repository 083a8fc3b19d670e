package org.medseal.bench.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How a consortium fares while its nodes are killed: how long a killed node takes to stand where
 * the others do, how much of the time nodes with a quorum of stake are up, how long no block came.
 * From any thread.
 */
final class Recovery {
  /** Under load the others are a block or two further by the time a node tells its own. */
  private static final long BEHIND = 2;

  private static final long NOT_KILLED = -1;

  private final long[] stakes;
  private final boolean[] up;
  private final long[] tips;
  private final long[] killedNanos;
  private final List<Long> caughtUpNanos = new ArrayList<>();
  private boolean counting;
  private int kills;
  private int killedAgain;
  private long tip;
  private long startNanos;
  private long quorumNanos;
  private long markNanos;
  private long blockNanos;
  private long longestNanos;

  Recovery(List<Long> stakes) {
    this.stakes = stakes.stream().mapToLong(Long::longValue).toArray();
    this.up = new boolean[this.stakes.length];
    this.tips = new long[this.stakes.length];
    this.killedNanos = new long[this.stakes.length];
    Arrays.fill(killedNanos, NOT_KILLED);
  }

  /** Figures count from here on. */
  synchronized void begin(long nowNanos) {
    counting = true;
    startNanos = nowNanos;
    markNanos = nowNanos;
    blockNanos = nowNanos;
  }

  synchronized void killed(int node, long nowNanos) {
    changeUp(node, false, nowNanos);
    if (!counting) {
      return;
    }
    kills++;
    if (killedNanos[node] != NOT_KILLED) {
      killedAgain++;
    }
    killedNanos[node] = nowNanos;
  }

  synchronized void up(int node, boolean isUp, long nowNanos) {
    changeUp(node, isUp, nowNanos);
  }

  /** A node said that it holds this height. */
  synchronized void block(int node, long height, long nowNanos) {
    if (height > tip) {
      tip = height;
      if (counting) {
        longestNanos = Math.max(longestNanos, nowNanos - blockNanos);
        blockNanos = nowNanos;
      }
    }
    tips[node] = height;
    if (up[node] && killedNanos[node] != NOT_KILLED && tips[node] + BEHIND >= tip) {
      caughtUpNanos.add(nowNanos - killedNanos[node]);
      killedNanos[node] = NOT_KILLED;
    }
  }

  private void changeUp(int node, boolean isUp, long nowNanos) {
    count(nowNanos);
    up[node] = isUp;
  }

  private void count(long nowNanos) {
    if (counting && hasQuorum()) {
      quorumNanos += nowNanos - markNanos;
    }
    markNanos = nowNanos;
  }

  private boolean hasQuorum() {
    long all = 0;
    long here = 0;
    for (int i = 0; i < stakes.length; i++) {
      all += stakes[i];
      here += up[i] ? stakes[i] : 0;
    }
    return 3 * here > 2 * all;
  }

  /** The figures so far, and none count any more. */
  synchronized String end(long nowNanos) {
    count(nowNanos);
    counting = false;
    longestNanos = Math.max(longestNanos, nowNanos - blockNanos);
    Collections.sort(caughtUpNanos);
    return String.format(
        Locale.ROOT,
        "from kill to caught up: %s, %d killed again before; nodes with a quorum up %.0f %% of"
            + " the time; at the longest %.1f s without a block",
        caughtUpNanos.isEmpty()
            ? "never"
            : String.format(
                Locale.ROOT,
                "%d of %d kills, median %.1f s, longest %.1f s",
                caughtUpNanos.size(),
                kills,
                caughtUpNanos.get(caughtUpNanos.size() / 2) / 1e9,
                caughtUpNanos.get(caughtUpNanos.size() - 1) / 1e9),
        killedAgain,
        100.0 * quorumNanos / Math.max(1, nowNanos - startNanos),
        longestNanos / 1e9);
  }
}
