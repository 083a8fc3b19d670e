package org.medseal.ledger.engine.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;

/** What is known of one peer; nothing of it is trusted. */
final class PeerState {
  private static final int EARLY_VOTES = 16;
  static final long BAN_MS = 30_000;

  /** Messages of one peer may overtake each other for as long. */
  private static final long SETTLES_MS = 5_000;

  private final Allowance answers;
  private final Deque<VoteMessage> earlyVotes = new ArrayDeque<>();
  private Optional<ProposalMessage> earlyProposal = Optional.empty();
  private volatile boolean connected; // read by other threads
  private int owed; // answers to requests for blocks that were given up
  private long height = -1;
  private long lowest = 1;
  private long settled = -1;
  private long pending = -1;
  private long pendingSinceMs;
  private long lastSeenMs = -1;
  private Optional<Heard> heard = Optional.empty();
  private volatile long bannedUntilMs = Long.MIN_VALUE; // read by other threads
  private long proposalSentMs = Long.MIN_VALUE;

  /** Round and step it told of, of the height after {@link #height}. */
  record Heard(int round, Step step) {}

  PeerState(long nowMs) {
    this.answers = new Allowance(50, 50, nowMs);
  }

  void connected(boolean isConnected) {
    connected = isConnected;
    owed = 0;
    height = -1;
    settled = -1;
    pending = -1;
  }

  boolean isConnected() {
    return connected;
  }

  void seen(long nowMs) {
    lastSeenMs = nowMs;
  }

  void tells(int round, Step step) {
    heard = Optional.of(new Heard(round, step));
  }

  Optional<Heard> heard() {
    return heard;
  }

  /** -1 before it spoke. */
  long lastSeenMs() {
    return lastSeenMs;
  }

  /** False if it says less than it said some time ago: decided blocks do not go away. */
  boolean claims(long committedHeight, long nowMs) {
    if (committedHeight < settled) {
      return false;
    }
    if (nowMs - pendingSinceMs >= SETTLES_MS) {
      settled = Math.max(settled, pending);
      pending = committedHeight;
      pendingSinceMs = nowMs;
    }
    height = committedHeight;
    return true;
  }

  /** Blocks below this it has not got, as it says. */
  void holdsFrom(long height) {
    lowest = Math.max(1, height);
  }

  boolean holds(long wanted) {
    return wanted >= lowest;
  }

  /** It did not keep what it said, or not in time. */
  void claimsNothing() {
    height = -1;
  }

  /** An answer of it may still come for what nobody waits for any more. */
  void givenUp() {
    owed++;
  }

  /** Whether an answer may be one that was given up; one less is owed then. */
  boolean repays() {
    boolean owes = owed > 0;
    owed = Math.max(0, owed - 1);
    return owes;
  }

  /** From what it says of a height beyond. */
  void claimsAtLeast(long committedHeight) {
    height = Math.max(height, committedHeight);
  }

  /** Last height it claims to have committed; -1 unknown. A claim only. */
  long height() {
    return height;
  }

  void ban(long nowMs) {
    bannedUntilMs = nowMs + BAN_MS;
    height = -1;
  }

  boolean isBanned(long nowMs) {
    return nowMs < bannedUntilMs;
  }

  boolean mayAsk(long nowMs) {
    return answers.take(nowMs);
  }

  /** Whole blocks go to one peer at most once in this time. */
  boolean mayReceiveProposal(long nowMs, long everyMs) {
    if (proposalSentMs != Long.MIN_VALUE && nowMs - proposalSentMs < everyMs) {
      return false;
    }
    proposalSentMs = nowMs;
    return true;
  }

  /** Keeps what belongs to the next height: the latest proposal and a few votes. */
  void keepEarly(PeerMessage message) {
    if (message instanceof ProposalMessage proposal) {
      earlyProposal = Optional.of(proposal);
    } else if (message instanceof VoteMessage vote) {
      if (earlyVotes.size() == EARLY_VOTES) {
        earlyVotes.removeFirst();
      }
      earlyVotes.addLast(vote);
    }
  }

  List<PeerMessage> takeEarly() {
    List<PeerMessage> early = new ArrayList<>();
    earlyProposal.ifPresent(early::add);
    early.addAll(earlyVotes);
    earlyProposal = Optional.empty();
    earlyVotes.clear();
    return early;
  }
}
