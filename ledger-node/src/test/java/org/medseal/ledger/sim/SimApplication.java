package org.medseal.ledger.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
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
  /** What survives a crash; like the index of a real node it may fall back some blocks. */
  static final class Durable {
    private static final int REMEMBERED = 8;

    long height;
    Hash root = Hash.ZERO;
    final Set<Hash> committed = new HashSet<>();
    private final Deque<Before> before = new ArrayDeque<>();

    private record Before(Hash root, List<Hash> committed) {}

    void commit(Block block, Hash newRoot) {
      List<Hash> ids = block.transactions().stream().map(IdentifiedTransaction::id).toList();
      before.addLast(new Before(root, ids));
      if (before.size() > REMEMBERED) {
        before.removeFirst();
      }
      height = block.header().height();
      root = newRoot;
      committed.addAll(ids);
    }

    /** As after that block; it cannot fall back below it. */
    void restore(long newHeight, Hash newRoot, Set<Hash> ids) {
      height = newHeight;
      root = newRoot;
      committed.clear();
      committed.addAll(ids);
      before.clear();
    }

    /** What is here now; run, it is here again. */
    Runnable snapshot() {
      long keptHeight = height;
      Hash keptRoot = root;
      Set<Hash> keptCommitted = new HashSet<>(committed);
      Deque<Before> keptBefore = new ArrayDeque<>(before);
      return () -> {
        height = keptHeight;
        root = keptRoot;
        committed.clear();
        committed.addAll(keptCommitted);
        before.clear();
        before.addAll(keptBefore);
      };
    }

    /** Returns how many blocks were lost. */
    int loseLatest(int blocks) {
      int lost = 0;
      for (; lost < blocks && !before.isEmpty(); lost++) {
        Before last = before.removeLast();
        height--;
        root = last.root();
        committed.removeAll(last.committed());
      }
      return lost;
    }
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
  public List<String> institutions() {
    return genesis.institutions().stream().map(each -> each.name()).toList();
  }

  @Override
  public InitChain initChain(Genesis given) {
    return new InitChain(validators(given, 0), Hash.ZERO);
  }

  /** The validators after a change at this height; 0 gives those of the genesis. */
  static ValidatorSet validators(Genesis genesis, long changedAt) {
    List<Long> stakes =
        stakes(genesis.institutions().stream().map(each -> each.stake()).toList(), changedAt);
    List<Validator> validators = new ArrayList<>();
    for (int i = 0; i < stakes.size(); i++) {
      var each = genesis.institutions().get(i);
      if (stakes.get(i) > 0) {
        validators.add(
            new Validator(validators.size(), each.name(), each.validatorKey(), stakes.get(i)));
      }
    }
    return new ValidatorSet(validators);
  }

  /** All shift a little; of five and more one is left out, so that the others' indexes move. */
  static List<Long> stakes(List<Long> genesis, long changedAt) {
    List<Long> stakes = new ArrayList<>();
    for (int i = 0; i < genesis.size(); i++) {
      boolean out = changedAt != 0 && genesis.size() >= 5 && changedAt % genesis.size() == i;
      long extra = changedAt == 0 ? 0 : (changedAt * 7 + i * 3L) % 5;
      stakes.add(out ? 0 : genesis.get(i) + extra);
    }
    return stakes;
  }

  @Override
  public Verdict check(IdentifiedTransaction transaction) {
    if (isForbidden(transaction)) {
      return Verdict.refused(Verdict.Code.NOT_ALLOWED, "forbidden");
    }
    return durable.committed.contains(transaction.id())
        ? Verdict.refused(Verdict.Code.ALREADY_COMMITTED, "committed")
        : Verdict.ok();
  }

  @Override
  public List<IdentifiedTransaction> prepare(PrepareRequest request) {
    return request.candidates().stream()
        .filter(each -> !durable.committed.contains(each.id()) && !isForbidden(each))
        .limit(500)
        .toList();
  }

  @Override
  public boolean process(ProcessRequest request) {
    Set<Hash> seen = new HashSet<>(durable.committed);
    return request.transactions().stream()
        .allMatch(each -> seen.add(each.id()) && !isForbidden(each));
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
      if (isForbidden(each)) {
        throw new AssertionError("a forbidden transaction was decided");
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
    return isMarked(transaction, SimGenesis.CHANGES_STAKE);
  }

  /** Honest nodes let no such transaction into a block. */
  static boolean isForbidden(IdentifiedTransaction transaction) {
    return isMarked(transaction, SimGenesis.FORBIDDEN);
  }

  private static boolean isMarked(IdentifiedTransaction transaction, long mark) {
    return transaction.transaction() instanceof InstitutionTransaction signed
        && signed.action() instanceof Action.AccessRequest request
        && request.answerByMs() == mark;
  }

  @Override
  public void commit() {
    crashes.at("before application commit");
    durable.commit(pending.block(), pendingRoot);
    crashes.at("after application commit");
  }
}
