package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.app.AppException.Reason;
import org.medseal.ledger.app.Overlay.Moment;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.RecordTransaction;

/**
 * MedSeal's ledger behind the {@link Application} interface. Signatures are verified in {@link
 * #check}, {@link #prepare} and {@link #process}; {@link #finalizeBlock} trusts the quorum that
 * decided the block for them and re-checks every other rule, unless this block was the last one
 * prepared or processed. Whoever replays without a commit certificate calls process first.
 */
public final class LedgerApplication implements Application {
  private final AppStore store;
  private final Absences absent;
  private final SignatureChecks checks;
  private final Proofs proofs = new Proofs();
  private final Rules rules = new Rules(proofs);
  private volatile Committed committed;
  private Optional<Executed> executed = Optional.empty();
  private Optional<Decided> decided = Optional.empty();

  private record Committed(LedgerState state, Hash root) {}

  /** The last block found allowed, with its effect on the committed state. */
  private record Executed(long height, long timeMs, List<Hash> ids, Overlay overlay) {
    static Executed of(Overlay overlay, List<IdentifiedTransaction> transactions) {
      Moment moment = overlay.moment();
      return new Executed(moment.height(), moment.latestMs(), idsOf(transactions), overlay);
    }

    boolean isOf(Block block) {
      return height == block.header().height()
          && timeMs == block.header().timeMs()
          && ids.equals(idsOf(block.transactions()));
    }

    private static List<Hash> idsOf(List<IdentifiedTransaction> transactions) {
      return transactions.stream().map(IdentifiedTransaction::id).toList();
    }
  }

  private record Decided(Committed next, Block block, Hash blockId) {}

  /**
   * FOREIGN_STATE if the store holds the state of another genesis.
   *
   * @param checks closed by the caller
   */
  public LedgerApplication(Genesis genesis, AppStore store, SignatureChecks checks) {
    this.store = store;
    this.absent = Absences.of(store);
    this.checks = checks;
    LedgerState initial = LedgerState.of(genesis);
    LedgerState state = store.state().map(LedgerApplication::decode).orElse(initial);
    if (!state.facts().genesisHash().equals(initial.facts().genesisHash())
        || state.height() != store.height()) {
      throw new AppException(
          Reason.FOREIGN_STATE,
          "the index holds another chain's state, or that of another height: delete it to rebuild");
    }
    this.committed = new Committed(state, state.root());
  }

  /** Committed state after the newest block; from any thread. */
  public LedgerView view() {
    Committed now = committed;
    return new StateView(now.state(), now.root(), store);
  }

  /** Canonical form of the committed state, as a snapshot holds it; from any thread. */
  public byte[] encodedState() {
    return StateCodec.encode(committed.state());
  }

  @Override
  public Info info() {
    return new Info(committed.state().height(), committed.root());
  }

  @Override
  public List<String> institutions() {
    return committed.state().membership().registry().all().stream().map(Institution::name).toList();
  }

  /** All institutions there ever were, in the order of their admission. */
  public List<Institution> registered() {
    return committed.state().membership().registry().all();
  }

  /** Names of those put out that vote no more either. */
  public Set<String> dismissed() {
    LedgerState state = committed.state();
    Set<String> gone = new TreeSet<>(state.membership().registry().removed());
    for (long height = state.height() + 1; height <= state.height() + 2; height++) {
      state
          .membership()
          .sets()
          .at(height)
          .validators()
          .forEach(each -> gone.remove(each.institution()));
    }
    return gone;
  }

  @Override
  public InitChain initChain(Genesis genesis) {
    LedgerState state = committed.state();
    if (state.height() != 0) {
      throw new AppException(Reason.OUT_OF_ORDER, "the chain began long ago");
    }
    if (!Registries.genesisHash(genesis).equals(state.facts().genesisHash())) {
      throw new AppException(Reason.FOREIGN_STATE, "another genesis than the application's");
    }
    return new InitChain(state.membership().sets().at(1), committed.root());
  }

  @Override
  public Verdict check(IdentifiedTransaction transaction) {
    LedgerState state = committed.state();
    Judgement judgement =
        rules.judge(transaction, new Overlay(state, store, absent, Moment.after(state)));
    if (judgement.isRefused()) {
      return judgement.verdict();
    }
    return checks
        .broken(judgement.claims())
        .map(LedgerApplication::unproven)
        .orElseGet(Verdict::ok);
  }

  @Override
  public List<IdentifiedTransaction> prepare(PrepareRequest request) {
    Moment moment = Moment.ofBlock(request.height(), request.timeMs());
    warmUp(request.candidates(), moment);
    Kept kept = kept(request.height(), request.availability());
    Overlay overlay = new Overlay(committed.state(), store, absent, moment);
    List<IdentifiedTransaction> chosen = new ArrayList<>();
    int limit =
        Math.min(request.maxBytes(), committed.state().facts().parameters().maxBlockBytes());
    long left = limit;
    int maxRecords = committed.state().facts().parameters().maxBlockRecords();
    int records = 0;
    for (IdentifiedTransaction candidate : request.candidates()) {
      int size = candidate.encoded().length();
      boolean anonymous = candidate.transaction() instanceof RecordTransaction;
      if (size > left
          || chosen.size() == Limits.TRANSACTIONS_PER_BLOCK
          || (anonymous && records == maxRecords)) {
        continue;
      }
      Judgement judgement = rules.judge(candidate, overlay);
      if (!judgement.isRefused()
          && checks.holds(judgement.claims())
          && kept.admits(candidate, checks::holds)) {
        overlay.apply(candidate);
        chosen.add(candidate);
        left -= size;
        records += anonymous ? 1 : 0;
      }
    }
    executed = Optional.of(Executed.of(overlay, chosen));
    return chosen;
  }

  @Override
  public boolean process(ProcessRequest request) {
    LedgerState state = committed.state();
    if (request.height() != state.height() + 1
        || request.timeMs() <= state.timeMs()
        || exceedsBlock(request.transactions())
        || !kept(request.height(), request.availability()).isShownFor(request.transactions())) {
      return false;
    }
    Overlay overlay =
        new Overlay(state, store, absent, Moment.ofBlock(request.height(), request.timeMs()));
    List<SignatureClaim> claims =
        new ArrayList<>(
            kept(request.height(), request.availability()).claims(request.transactions()));
    for (IdentifiedTransaction each : request.transactions()) {
      Judgement judgement = rules.judge(each, overlay);
      if (judgement.isRefused()) {
        return false;
      }
      claims.addAll(judgement.claims());
      overlay.apply(each);
    }
    boolean allowed = checks.test(claims).stream().allMatch(Boolean::booleanValue);
    if (allowed) {
      executed = Optional.of(Executed.of(overlay, request.transactions()));
    }
    return allowed;
  }

  @Override
  public Finalized finalizeBlock(FinalizeRequest request) {
    Block block = request.block();
    LedgerState state = committed.state();
    long height = block.header().height();
    if (height != state.height() + 1) {
      throw new AppException(
          Reason.OUT_OF_ORDER, "block " + height + " after height " + state.height());
    }
    Overlay overlay =
        executed
            .filter(each -> each.isOf(block))
            .map(Executed::overlay)
            .orElseGet(() -> execute(request));
    LedgerState next = overlay.finish(block);
    Hash root = next.root();
    decided = Optional.of(new Decided(new Committed(next, root), block, request.blockId()));
    List<Verdict> results = Collections.nCopies(block.transactions().size(), Verdict.ok());
    return new Finalized(
        results,
        next.membership().sets().beginningAt(height + 2),
        root,
        receiptsRoot(block.transactions(), results));
  }

  private Kept kept(long height, Availability availability) {
    return new Kept(committed.state().facts(), height, availability, proofs);
  }

  private Overlay execute(FinalizeRequest request) {
    Block block = request.block();
    long height = block.header().height();
    Availability shown = new Availability(request.validators(), block.replicaReceipts());
    if (!kept(height, shown).isShownFor(block.transactions())) {
      throw new AppException(
          Reason.INVALID_BLOCK, "block " + height + " was decided with receipts refused here");
    }
    Overlay overlay =
        new Overlay(
            committed.state(), store, absent, Moment.ofBlock(height, block.header().timeMs()));
    for (IdentifiedTransaction each : block.transactions()) {
      Verdict verdict = rules.judge(each, overlay).verdict();
      if (!verdict.isOk()) {
        throw new AppException(
            Reason.INVALID_BLOCK,
            "block "
                + height
                + " was decided with transaction "
                + each.id()
                + ", refused here: "
                + verdict.code()
                + ", "
                + verdict.reason());
      }
      overlay.apply(each);
    }
    return overlay;
  }

  @Override
  public void commit() {
    Decided done =
        decided.orElseThrow(
            () -> new AppException(Reason.OUT_OF_ORDER, "nothing is finalized to commit"));
    LedgerState state = done.next().state();
    store.keepHistory(StateCodec.history(state));
    absent.committing(done.block());
    store.commit(state.height(), StateCodec.encode(state), done.block(), done.blockId());
    committed = done.next();
    decided = Optional.empty();
    executed = Optional.empty();
  }

  /** Verifies what is not yet known side by side; what the overlay changes is verified later. */
  private void warmUp(List<IdentifiedTransaction> candidates, Moment moment) {
    Overlay parent = new Overlay(committed.state(), store, absent, moment);
    List<SignatureClaim> claims = new ArrayList<>();
    candidates.forEach(each -> claims.addAll(rules.judge(each, parent).claims()));
    checks.test(claims);
  }

  private boolean exceedsBlock(List<IdentifiedTransaction> transactions) {
    long bytes = 0;
    int records = 0;
    for (IdentifiedTransaction each : transactions) {
      bytes += each.encoded().length();
      records += each.transaction() instanceof RecordTransaction ? 1 : 0;
    }
    Parameters parameters = committed.state().facts().parameters();
    return bytes > parameters.maxBlockBytes()
        || records > parameters.maxBlockRecords()
        || transactions.size() > Limits.TRANSACTIONS_PER_BLOCK;
  }

  /** Signatures hold or fail at any height; proofs may hold at the height a peer is at. */
  private static Verdict unproven(SignatureClaim broken) {
    return switch (broken.key().kind()) {
      case GROUP_SIGNATURE, INSTITUTION_SIGNATURE ->
          Verdict.refused(Code.BAD_SIGNATURE, "the signature does not hold");
      case JOIN, CREDENTIALS, REPLICA_RECEIPT, POSSESSION ->
          Verdict.refused(Code.NOT_ALLOWED, "a proof does not hold on the present state");
    };
  }

  /** RFC 6962 root over (transaction id, verdict), in block order. */
  private static Hash receiptsRoot(
      List<IdentifiedTransaction> transactions, List<Verdict> results) {
    List<Bytes> receipts = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      receipts.add(
          new CanonicalWriter()
              .domain(Domain.RECEIPT)
              .hash(transactions.get(i).id())
              .string(results.get(i).code().name())
              .toBytes());
    }
    return MerkleTree.root(receipts);
  }

  private static LedgerState decode(byte[] blob) {
    try {
      return StateCodec.decode(blob);
    } catch (CodecException e) {
      throw new AppException(
          Reason.FOREIGN_STATE, "the state in the index is not readable: delete it to rebuild", e);
    }
  }
}
