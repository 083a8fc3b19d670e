package org.medseal.ledger.sim;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.sim.Scenario.Load;

/** Like an outbox: offers each transaction again and again until some node has committed it. */
final class Clients {
  private static final long AGAIN_MS = 1_000;

  private final Load load;
  private final Random random;
  private final Schedule schedule;
  private final Set<Hash> acknowledged = new HashSet<>();

  /** A transaction to be offered to one of the nodes that run, by a number taken modulo theirs. */
  record Wanted(IdentifiedTransaction transaction, int choice) {}

  Clients(Load load, Random random, Schedule schedule) {
    this.load = load;
    this.random = random;
    this.schedule = schedule;
  }

  /** What is offered. */
  private IdentifiedTransaction transaction(int number) {
    return load.joins() > 0
        ? SimGenesis.signed(number)
        : SimGenesis.transaction(number, number < load.setChanges());
  }

  /** The offer says whether the transaction is committed. */
  void start(Predicate<Wanted> offer) {
    for (int i = 0; i < load.transactions(); i++) {
      IdentifiedTransaction each = transaction(i);
      schedule.plan(random.nextInt((int) load.faultsMs()), () -> tell(each, offer));
    }
  }

  private void tell(IdentifiedTransaction transaction, Predicate<Wanted> offer) {
    if (offer.test(new Wanted(transaction, random.nextInt(Integer.MAX_VALUE)))) {
      acknowledged.add(transaction.id());
    } else {
      schedule.plan(AGAIN_MS, () -> tell(transaction, offer));
    }
  }

  /** How many are known to be committed. */
  int acknowledged() {
    return acknowledged.size();
  }
}
