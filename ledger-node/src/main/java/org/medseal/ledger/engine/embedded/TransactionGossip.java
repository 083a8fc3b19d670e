package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.mempool.StemPool;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;

/**
 * Takes transactions in and spreads them: anonymous records along the stem until somebody gossips
 * them, all others at once to everybody, collected for a moment.
 */
final class TransactionGossip {
  private static final long COLLECT_MS = 2;
  static final int BATCH_BYTES = 256 << 10;

  private final Parts parts;
  private final Stem stem;
  private final List<IdentifiedTransaction> fresh = new ArrayList<>();
  private long freshBytes;

  TransactionGossip(Parts parts, StemRoute route) {
    this.parts = parts;
    this.stem = new Stem(parts, route, StemPool.standard());
  }

  /** Waits here, for a block or on its stem; from any thread. */
  boolean isPending(Hash id) {
    return parts.mempool().contains(id) || stem.holds(id);
  }

  /** Keeps a checked transaction of this institution; {@link #submitted} follows. Any thread. */
  Verdict hold(IdentifiedTransaction transaction) {
    if (isPending(transaction.id())) {
      return Verdict.ok();
    }
    return stem.concerns(transaction) ? stem.hold(transaction) : parts.mempool().add(transaction);
  }

  /** From this node's institution: checked, kept, sent on its way. */
  Verdict submit(IdentifiedTransaction transaction) {
    if (isPending(transaction.id())) {
      return Verdict.ok();
    }
    Verdict verdict = parts.application().check(transaction);
    if (verdict.isOk()) {
      verdict = hold(transaction);
    }
    if (verdict.isOk()) {
      spread(transaction);
    }
    return verdict;
  }

  /** Held after a check at that height: sent on its way, or dropped if a block made it stale. */
  void submitted(IdentifiedTransaction transaction, long checkedHeight) {
    if (!isPending(transaction.id())) {
      return;
    }
    boolean stale =
        parts.chain().state().height() > checkedHeight
            && !parts.application().check(transaction).isOk();
    if (stale) {
      stem.release(transaction.id());
      parts.mempool().dropIf(each -> each.id().equals(transaction.id()));
    } else {
      spread(transaction);
    }
  }

  private void spread(IdentifiedTransaction transaction) {
    if (stem.holds(transaction.id())) {
      stem.own(transaction);
    } else {
      collect(transaction);
    }
  }

  private void collect(IdentifiedTransaction transaction) {
    if (fresh.isEmpty()) {
      parts.environment().startTimer(new TimerId(TimerId.Kind.GOSSIP, 0, 0), COLLECT_MS);
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
  boolean receive(int peer, TransactionsMessage message) {
    for (IdentifiedTransaction each : message.transactions()) {
      Verdict verdict = add(each, peer);
      if (isBlamed(each, verdict)) {
        return false;
      }
    }
    return true;
  }

  /** Gossiped by a peer, and so no secret any more. */
  private Verdict add(IdentifiedTransaction transaction, int link) {
    if (parts.mempool().contains(transaction.id())) {
      return Verdict.ok();
    }
    Verdict verdict = parts.application().check(transaction);
    if (verdict.isOk()) {
      verdict = parts.mempool().add(transaction, link);
    }
    if (verdict.isOk() || verdict.code() == Code.ALREADY_COMMITTED) {
      stem.release(transaction.id());
    }
    return verdict;
  }

  /**
   * Records are checked before they are handed on; false when the peer handed on what no honest
   * node does.
   */
  boolean receive(int peer, StemMessage message) {
    for (IdentifiedTransaction each : message.transactions()) {
      if (!(each.transaction() instanceof RecordTransaction)) {
        return false;
      }
      if (!parts.mempool().contains(each.id())) {
        Verdict verdict = parts.application().check(each);
        if (isBlamed(each, verdict)) {
          return false;
        }
        if (verdict.isOk()) {
          stem.relay(each, peer);
        }
      }
    }
    return true;
  }

  /**
   * Whether passing this on proves a peer dishonest. An institution's signature does not: its key
   * may have been another one where the peer stood.
   */
  static boolean isBlamed(IdentifiedTransaction transaction, Verdict verdict) {
    return verdict.code() == Code.MALFORMED
        || (verdict.code() == Code.BAD_SIGNATURE
            && transaction.transaction() instanceof RecordTransaction);
  }

  /** Hands on and gossips what is due. */
  void stemDue() {
    for (Stem.Fluffed each : stem.due()) {
      if (parts.application().check(each.record()).isOk()
          && parts.mempool().add(each.record(), each.link()).isOk()) {
        collect(each.record());
      }
    }
  }

  void committed(Block block) {
    parts.mempool().committed(block);
    block.transactions().forEach(each -> stem.release(each.id()));
    long height = block.header().height();
    stem.releaseIf(each -> each.transaction().expiryHeight() <= height);
  }
}
