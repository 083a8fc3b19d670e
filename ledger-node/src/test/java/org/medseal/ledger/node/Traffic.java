package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.StakeAccount;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.StakeParameters;

/** Transactions that flow through one node of a cluster, and waiting for what comes of them. */
final class Traffic {
  private static final long PATIENCE_MS = Duration.ofSeconds(90).toMillis();

  private final Cluster cluster;
  private final int through;

  /**
   * @param through the node that takes them; it has to be running
   */
  Traffic(Cluster cluster, int through) {
    this.cluster = cluster;
    this.through = through;
  }

  /** The same genesis with these rules for stake and the standard cap. */
  static Genesis with(Genesis genesis, StakeParameters rules) {
    return genesis.with(genesis.parameters().with(33, rules));
  }

  LedgerView view() {
    return cluster.node(through).view();
  }

  StakeAccount account(int hospital) {
    return view().stakes().stream()
        .filter(each -> each.institution().equals("hospital-" + hospital))
        .findFirst()
        .orElseThrow();
  }

  boolean votes(int hospital) {
    return votes(cluster.node(through), hospital);
  }

  static boolean votes(LedgerNode node, int hospital) {
    return node.view().validators().validators().stream()
        .anyMatch(each -> each.institution().equals("hospital-" + hospital));
  }

  /** One transaction at a time, until it holds. */
  void flowUntil(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      flow();
      assertThat(Duration.ofNanos(System.nanoTime() - start).toMillis()).isLessThan(PATIENCE_MS);
    }
  }

  void flow() {
    commit(cluster.request(through));
  }

  /** Of this institution. */
  void commit(int institution, Action action) {
    commit(cluster.signed(institution, action));
  }

  void commit(IdentifiedTransaction transaction) {
    LedgerNode node = cluster.node(through);
    await(() -> isTaken(node.submit(transaction.transaction())));
    await(() -> node.find(transaction.id()).isPresent());
  }

  private static boolean isTaken(Verdict verdict) {
    return verdict.isOk() || verdict.code() == Verdict.Code.ALREADY_COMMITTED;
  }

  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start).toMillis()).isLessThan(PATIENCE_MS);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
