package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * Spreads transactions: new ones collected for a moment, those still waiting again every now and
 * then, the oldest to whoever connects.
 */
final class TransactionGossip {
  private static final long COLLECT_MS = 2;
  private static final long REOFFER_MS = 1_000;
  private static final int BATCH_BYTES = 256 << 10;

  private final Parts parts;
  private final List<IdentifiedTransaction> fresh = new ArrayList<>();
  private long freshBytes;
  private Set<Hash> waitedBefore = Set.of();
  private boolean reoffering;

  TransactionGossip(Parts parts) {
    this.parts = parts;
  }

  /** Checked and added; what is refused is not kept. */
  Verdict add(IdentifiedTransaction transaction) {
    if (parts.mempool().contains(transaction.id())) {
      return Verdict.ok();
    }
    Verdict verdict = parts.application().check(transaction);
    return verdict.isOk() ? parts.mempool().add(transaction) : verdict;
  }

  /** From this node: everybody has to hear of it. */
  Verdict submit(IdentifiedTransaction transaction) {
    boolean known = parts.mempool().contains(transaction.id());
    Verdict verdict = add(transaction);
    if (verdict.isOk() && !known) {
      collect(transaction);
    }
    return verdict;
  }

  /** From this node, checked after that height and added: everybody has to hear of it. */
  void submitted(IdentifiedTransaction transaction, long checkedHeight) {
    if (!parts.mempool().contains(transaction.id())) {
      return;
    }
    boolean stale =
        parts.chain().state().height() > checkedHeight
            && !parts.application().check(transaction).isOk();
    if (stale) {
      parts.mempool().dropIf(each -> each.id().equals(transaction.id()));
    } else {
      collect(transaction);
    }
  }

  private void collect(IdentifiedTransaction transaction) {
    if (fresh.isEmpty()) {
      start(TimerId.Kind.GOSSIP, COLLECT_MS);
    }
    fresh.add(transaction);
    freshBytes += transaction.encoded().length();
    if (freshBytes >= BATCH_BYTES || fresh.size() == PeerMessages.MAX_TRANSACTIONS) {
      flush();
    }
  }

  void flush() {
    if (!fresh.isEmpty()) {
      parts.environment().broadcast(new TransactionsMessage(fresh));
      fresh.clear();
      freshBytes = 0;
    }
  }

  /** False when the peer forwarded what no honest node forwards. */
  boolean receive(TransactionsMessage message) {
    for (IdentifiedTransaction each : message.transactions()) {
      if (!add(each).isForwardable()) {
        return false;
      }
    }
    return true;
  }

  void greet(int peer) {
    List<IdentifiedTransaction> oldest = oldest();
    if (!oldest.isEmpty()) {
      parts.environment().send(peer, new TransactionsMessage(oldest));
    }
  }

  /** Keeps a timer running while anything waits. */
  void watch() {
    if (!reoffering && parts.mempool().size() > 0) {
      reoffering = true;
      start(TimerId.Kind.REOFFER, REOFFER_MS);
    }
  }

  /** Offers again what was already waiting the last time. */
  void reoffer() {
    List<IdentifiedTransaction> oldest = oldest();
    List<IdentifiedTransaction> again =
        oldest.stream().filter(each -> waitedBefore.contains(each.id())).toList();
    if (!again.isEmpty()) {
      parts.environment().broadcast(new TransactionsMessage(again));
    }
    waitedBefore =
        oldest.stream()
            .map(IdentifiedTransaction::id)
            .collect(Collectors.toCollection(HashSet::new));
    reoffering = false;
    watch();
  }

  private List<IdentifiedTransaction> oldest() {
    List<IdentifiedTransaction> oldest = parts.mempool().candidates(BATCH_BYTES);
    if (oldest.isEmpty()) {
      oldest = parts.mempool().candidates(Integer.MAX_VALUE).stream().limit(1).toList();
    }
    return oldest.subList(0, Math.min(oldest.size(), PeerMessages.MAX_TRANSACTIONS));
  }

  private void start(TimerId.Kind kind, long delayMs) {
    parts.environment().startTimer(new TimerId(kind, 0, 0), delayMs);
  }
}
