package org.medseal.ledger.engine.embedded;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.Application.Availability;
import org.medseal.ledger.engine.Application.PrepareRequest;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * Builds own blocks. With nothing to put in, waits a part of the round for others' transactions.
 */
final class Proposing {
  private static final int PART_OF_ROUND = 4;

  private final Parts parts;
  private final Consensus consensus;
  private Optional<Integer> waitingRound = Optional.empty();
  private boolean hurried;

  /** A block built for a round. */
  record Offer(int round, Block block) {}

  Proposing(Parts parts, Consensus consensus) {
    this.parts = parts;
    this.consensus = consensus;
  }

  Optional<Offer> requested(int round) {
    if (parts.hasCandidate()) {
      return offer(round);
    }
    waitingRound = Optional.of(round);
    hurried = false;
    startTimer(round, parts.settings().timeouts().proposeMs(round) / PART_OF_ROUND);
    return Optional.empty();
  }

  void hurry() {
    if (waitingRound.isPresent() && !hurried) {
      hurried = true;
      startTimer(waitingRound.get(), parts.settings().pacing().batchMs());
    }
  }

  private void startTimer(int round, long delayMs) {
    TimerId id = new TimerId(TimerId.Kind.BATCH, consensus.height(), round);
    parts.environment().startTimer(id, delayMs);
  }

  Optional<Offer> due(TimerId timer) {
    boolean awaited =
        timer.height() == consensus.height() && waitingRound.equals(Optional.of(timer.round()));
    return awaited ? offer(timer.round()) : Optional.empty();
  }

  private Optional<Offer> offer(int round) {
    waitingRound = Optional.empty();
    if (consensus.round() != round || consensus.step() != Step.PROPOSE) {
      return Optional.empty();
    }
    long height = consensus.height();
    long timeMs =
        Math.max(parts.environment().nowMs(), Math.addExact(parts.chain().state().timeMs(), 1));
    int maxBytes = parts.rules().maxBytes();
    List<IdentifiedTransaction> candidates =
        parts.mempool().candidates(maxBytes, parts.rules().maxRecords(), parts::isKept);
    Availability shown = available(candidates);
    List<IdentifiedTransaction> chosen =
        parts
            .application()
            .prepare(new PrepareRequest(height, timeMs, candidates, maxBytes, shown));
    dropRefused(candidates, chosen);
    int self = consensus.configuration().self().orElseThrow();
    Block block =
        parts
            .rules()
            .build(
                timeMs,
                self,
                chosen,
                parts.evidence().forBlock(height),
                available(chosen).receipts());
    return Optional.of(new Offer(round, block));
  }

  private Availability available(List<IdentifiedTransaction> transactions) {
    ReceiptRules rules = parts.receiptRules();
    return new Availability(rules.validators(), parts.receipts().forBlock(transactions, rules));
  }

  /**
   * What the application passed over for good would wake every height for nothing. With nothing
   * chosen, each was refused on the parent's state alone, whatever check says of it.
   */
  private void dropRefused(
      List<IdentifiedTransaction> candidates, List<IdentifiedTransaction> chosen) {
    boolean alone = chosen.isEmpty();
    Set<Hash> refused = new HashSet<>();
    candidates.forEach(each -> refused.add(each.id()));
    chosen.forEach(each -> refused.remove(each.id()));
    candidates.stream()
        .filter(
            each -> !alone && refused.contains(each.id()) && parts.application().check(each).isOk())
        .forEach(each -> refused.remove(each.id()));
    if (!refused.isEmpty()) {
      parts.mempool().dropIf(each -> refused.contains(each.id()));
    }
  }
}
