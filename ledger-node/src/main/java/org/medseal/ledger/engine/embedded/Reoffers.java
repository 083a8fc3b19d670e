package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WantMessage;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * Makes up for lost gossip: what has been waiting for a while is offered by id, and sent to whoever
 * lacks it, a bounded part at a time. What is on a stem is asked for like anything else that is not
 * here: nobody can probe for it.
 */
final class Reoffers {
  private static final long OFFER_MS = 1_000;
  private static final int REMEMBERED = 1 << 14;

  private final Parts parts;
  private final Pulls pulls = new Pulls();
  private final Map<Hash, Boolean> decided = bounded();
  private Set<Hash> waitedBefore = Set.of();
  private boolean offering;

  Reoffers(Parts parts) {
    this.parts = parts;
  }

  private static <V> Map<Hash, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Hash, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /** The oldest, to whoever connects. */
  void greet(int peer) {
    List<Hash> oldest = parts.mempool().oldest(PeerMessages.MAX_IDS);
    if (!oldest.isEmpty()) {
      parts.environment().send(peer, new OfferMessage(oldest));
    }
  }

  /** Keeps a timer running while anything waits, here or to be fetched. */
  void watch() {
    if (!offering && (parts.mempool().size() > 0 || !pulls.isEmpty())) {
      offering = true;
      parts.environment().startTimer(new TimerId(TimerId.Kind.REOFFER, 0, 0), OFFER_MS);
    }
  }

  /** Offers what was already waiting the last time, and asks others for what has not come. */
  void offer() {
    List<Hash> oldest = parts.mempool().oldest(PeerMessages.MAX_IDS);
    List<Hash> again = oldest.stream().filter(waitedBefore::contains).toList();
    if (!again.isEmpty()) {
      parts.environment().broadcast(new OfferMessage(again));
    }
    waitedBefore = new HashSet<>(oldest);
    offering = false;
    pulls.due(parts.environment().monotonicMs(), parts.mempool()::contains).forEach(this::want);
    watch();
  }

  private void want(int peer, List<Hash> ids) {
    for (int from = 0; from < ids.size(); from += PeerMessages.MAX_IDS) {
      int to = Math.min(ids.size(), from + PeerMessages.MAX_IDS);
      parts.environment().send(peer, new WantMessage(ids.subList(from, to)));
    }
  }

  void disconnected(int peer) {
    pulls.disconnected(peer);
  }

  /** Asks for what is missing, of one peer at a time. */
  void receive(int peer, OfferMessage offer) {
    long nowMs = parts.environment().monotonicMs();
    List<Hash> missing = new ArrayList<>();
    for (Hash id : offer.ids()) {
      boolean unknown = !parts.mempool().contains(id) && !decided.containsKey(id);
      if (unknown && pulls.isOffered(peer, id, nowMs)) {
        missing.add(id);
      }
    }
    want(peer, missing);
  }

  /** Answers with what fits one message; the rest is offered again. */
  void receive(int peer, WantMessage want) {
    List<IdentifiedTransaction> wanted = new ArrayList<>();
    long bytes = 0;
    for (Hash id : new HashSet<>(want.ids())) {
      Optional<IdentifiedTransaction> found = parts.mempool().find(id);
      if (found.isPresent()) {
        bytes += found.get().encoded().length();
        if (!wanted.isEmpty() && bytes > TransactionGossip.BATCH_BYTES) {
          break;
        }
        wanted.add(found.get());
      }
    }
    if (!wanted.isEmpty()) {
      parts.environment().send(peer, new TransactionsMessage(wanted));
    }
  }

  void committed(Block block) {
    for (IdentifiedTransaction each : block.transactions()) {
      decided.put(each.id(), true);
      pulls.decided(each.id());
    }
  }
}
