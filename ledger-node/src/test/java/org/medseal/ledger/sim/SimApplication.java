package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * A small deterministic application: its root chains the ids of all transactions, it refuses
 * repetitions, and a marked transaction changes the stakes.
 */
public final class SimApplication implements Application {
  /** What survives a crash. */
  static final class Durable {
    long height;
    Hash root = Hash.ZERO;
    final Set<Hash> committed = new HashSet<>();
  }

  private final Durable durable;
  private final Genesis genesis;
  private final CrashPoints crashes;
  private FinalizeRequest pending;
  private Hash pendingRoot = Hash.ZERO;

  public SimApplication(Genesis genesis) {
    this(genesis, new Durable(), point -> {});
  }

  SimApplication(Genesis genesis, Durable durable, CrashPoints crashes) {
    this.genesis = genesis;
    this.durable = durable;
    this.crashes = crashes;
  }

  @Override
  public Info info() {
    return new Info(durable.height, durable.root);
  }

  @Override
  public InitChain initChain(Genesis given) {
    return new InitChain(validators(given, 0), Hash.ZERO);
  }

  /** The stakes after a change at this height; 0 gives those of the genesis. */
  static ValidatorSet validators(Genesis genesis, long changedAt) {
    List<Validator> validators = new ArrayList<>();
    for (var each : genesis.institutions()) {
      int index = validators.size();
      long extra = changedAt == 0 ? 0 : (changedAt * 7 + index * 3L) % 5;
      validators.add(new Validator(index, each.name(), each.validatorKey(), each.stake() + extra));
    }
    return new ValidatorSet(validators);
  }

  @Override
  public Verdict check(IdentifiedTransaction transaction) {
    return durable.committed.contains(transaction.id())
        ? Verdict.refused(Verdict.Code.ALREADY_COMMITTED, "committed")
        : Verdict.ok();
  }

  @Override
  public List<IdentifiedTransaction> prepare(PrepareRequest request) {
    return request.candidates().stream()
        .filter(each -> !durable.committed.contains(each.id()))
        .limit(500)
        .toList();
  }

  @Override
  public boolean process(ProcessRequest request) {
    Set<Hash> seen = new HashSet<>(durable.committed);
    return request.transactions().stream().allMatch(each -> seen.add(each.id()));
  }

  @Override
  public Finalized finalizeBlock(FinalizeRequest request) {
    Hash root = durable.root;
    boolean changes = false;
    List<Verdict> results = new ArrayList<>();
    for (IdentifiedTransaction each : request.block().transactions()) {
      if (durable.committed.contains(each.id())) {
        throw new AssertionError("committed twice: " + each.id());
      }
      root = Hash.of(SimKeys.sha256(root.toArray(), each.id().toArray()));
      changes |= changesStake(each);
      results.add(Verdict.ok());
    }
    pending = request;
    pendingRoot = root;
    long height = request.block().header().height();
    return new Finalized(
        results,
        changes ? Optional.of(validators(genesis, height)) : Optional.empty(),
        root,
        MerkleTree.root(List.of(root.bytes())));
  }

  static boolean changesStake(IdentifiedTransaction transaction) {
    return transaction.transaction() instanceof InstitutionTransaction signed
        && signed.action() instanceof Action.AccessRequest request
        && request.answerByMs() == SimGenesis.CHANGES_STAKE;
  }

  @Override
  public void commit() {
    crashes.at("before application commit");
    durable.height = pending.block().header().height();
    durable.root = pendingRoot;
    pending.block().transactions().forEach(each -> durable.committed.add(each.id()));
    crashes.at("after application commit");
  }
}
