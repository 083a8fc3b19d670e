package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.app.SignatureChecks;
import org.medseal.ledger.app.SnapshotState;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.ValidatorHistory;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.proof.LightBlock;
import org.medseal.ledger.proof.ProofSource;
import org.medseal.ledger.proof.TrustRules;
import org.medseal.ledger.snapshot.SnapshotAnswers;
import org.medseal.ledger.snapshot.SnapshotFolder;
import org.medseal.ledger.snapshot.SnapshotMaker;
import org.medseal.ledger.store.JoinedFolder;

/** The ledger's own rules on a simulated disk, with the snapshots a node makes and gives. */
final class RealApplication implements Application {
  static final int SNAPSHOT_EVERY = 4;

  /** Shared: the results do not depend on who asked first. */
  static final SignatureChecks CHECKS = new SignatureChecks(1, 10_000);

  private final SimDisk disk;
  private final CrashPoints crashes;
  private final LedgerApplication application;
  private final SnapshotMaker maker;
  private final SnapshotAnswers answers;
  private Optional<FinalizeRequest> pending = Optional.empty();

  RealApplication(Genesis genesis, SimDisk disk, CrashPoints crashes) {
    this.disk = disk;
    this.crashes = crashes;
    Optional<Base> base = disk.blocks.base();
    SnapshotFolder folder =
        SnapshotFolder.open(
            JoinedFolder.snapshots(SimDisk.HOME, base.isPresent()),
            disk.raw(),
            base.map(Base::height).orElse(0L));
    base.filter(each -> disk.application.height < each.height())
        .ifPresent(each -> restore(each.height(), folder));
    this.application =
        new LedgerApplication(genesis, disk.index.open(disk.application.height), CHECKS);
    this.maker = new SnapshotMaker(folder, disk.blocks);
    ValidatorHistory validators = new ValidatorHistory(genesis, disk.blocks);
    this.answers =
        new SnapshotAnswers(
            folder,
            disk.blocks,
            new SnapshotAnswers.Headers(
                new Source(disk.blocks, validators),
                validators,
                TrustRules.trustPeriod(genesis).toMillis()));
  }

  private void restore(long height, SnapshotFolder folder) {
    Bytes state = folder.state(height);
    List<Lookup> lookups = new ArrayList<>();
    folder.lookups(height).forEachRemaining(lookups::add);
    disk.application.restore(
        height,
        SnapshotState.decode(state.toArray()).root(),
        disk.index.restore(height, state, lookups));
  }

  /** Empty for what is no request. */
  Optional<SnapshotMessage> answer(SnapshotMessage request) {
    return answers.to(request);
  }

  @Override
  public Info info() {
    return application.info();
  }

  @Override
  public List<String> institutions() {
    return application.institutions();
  }

  @Override
  public InitChain initChain(Genesis genesis) {
    return application.initChain(genesis);
  }

  @Override
  public Verdict check(IdentifiedTransaction transaction) {
    return application.check(transaction);
  }

  @Override
  public List<IdentifiedTransaction> prepare(PrepareRequest request) {
    return application.prepare(request);
  }

  @Override
  public boolean process(ProcessRequest request) {
    return application.process(request);
  }

  @Override
  public Finalized finalizeBlock(FinalizeRequest request) {
    pending = Optional.of(request);
    return application.finalizeBlock(request);
  }

  @Override
  public void commit() {
    crashes.at("before application commit");
    application.commit();
    disk.application.commit(pending.orElseThrow().block(), application.info().stateRoot());
    crashes.at("after application commit");
    long height = application.info().height();
    if (height % SNAPSHOT_EVERY == 0) {
      maker.make(height, application.encodedState());
    }
  }

  /** Headers and validators, and nothing else that a proof may need. */
  private record Source(BlockStore blocks, ValidatorHistory history) implements ProofSource {
    @Override
    public long height() {
      return blocks.height();
    }

    @Override
    public Optional<LightBlock> block(long height) {
      return blocks
          .block(height)
          .map(each -> new LightBlock(each.block().header(), each.certificate()));
    }

    @Override
    public Optional<ValidatorSet> validators(long height) {
      return history.validators(height);
    }

    @Override
    public Optional<Place> place(Hash transaction) {
      return Optional.empty();
    }

    @Override
    public List<Hash> transactionIds(long height) {
      return List.of();
    }

    @Override
    public Optional<StateHistory> historyAfter(long height) {
      return Optional.empty();
    }
  }
}
