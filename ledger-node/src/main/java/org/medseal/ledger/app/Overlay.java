package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.api.LedgerView.TraceState;
import org.medseal.ledger.app.AppStore.CommittedAction;
import org.medseal.ledger.app.CustodianHistory.Period;
import org.medseal.ledger.app.GroupState.GroupEpoch;
import org.medseal.ledger.app.LedgerState.Grown;
import org.medseal.ledger.app.LedgerState.Position;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.stake.BlockEnd;

/**
 * One block in the making over the committed state: what was applied so far, thrown away unless the
 * block is committed. The hash sets are only asked, never walked.
 */
final class Overlay {
  /**
   * The block transactions are judged for. In a block both times are its own; before there is one,
   * they say how early and how late it may be.
   */
  record Moment(long height, long earliestMs, long latestMs) {
    static Moment ofBlock(long height, long timeMs) {
      return new Moment(height, timeMs, timeMs);
    }

    static Moment after(LedgerState state) {
      return new Moment(state.height() + 1, state.timeMs(), Long.MAX_VALUE);
    }
  }

  private final AppStore store;
  private final Absences absent;
  private final Moment moment;
  private final List<Bytes> ids = new ArrayList<>();
  private final List<Bytes> lookups = new ArrayList<>();
  private final Set<Hash> seen = new HashSet<>();
  private final Set<Hash> records = new HashSet<>();
  private final Set<Bytes> salts = new HashSet<>();
  private final Map<Hash, List<CommittedAction>> threads = new HashMap<>();
  private LedgerState state;

  Overlay(LedgerState state, AppStore store, Absences absent, Moment moment) {
    this.state = state;
    this.store = store;
    this.absent = absent;
    this.moment = moment;
  }

  Moment moment() {
    return moment;
  }

  /** Changed by what was applied; height, time and history are still the parent's. */
  LedgerState state() {
    return state;
  }

  boolean contains(Hash transactionId) {
    return seen.contains(transactionId) || absent.ids().contains(transactionId);
  }

  boolean containsSalt(Bytes salt) {
    return salts.contains(salt) || absent.salts().contains(salt);
  }

  boolean containsRecord(Hash id) {
    return records.contains(id) || store.locate(id).map(AppStore.Location::record).orElse(false);
  }

  Optional<AccessState> access(Hash requestId) {
    return ActionThreads.access(thread(requestId));
  }

  Optional<TraceState> trace(Hash traceId) {
    return ActionThreads.trace(thread(traceId));
  }

  /** Takes the effect of a transaction that the rules allow here. */
  void apply(IdentifiedTransaction transaction) {
    if (transaction.transaction() instanceof RecordTransaction record) {
      records.add(transaction.id());
      salts.add(record.witness().header().salt());
    } else if (transaction.transaction() instanceof InstitutionTransaction signed) {
      applyAction(transaction.id(), signed);
    }
    seen.add(transaction.id());
    lookups.add(Lookup.of(transaction, moment.height(), ids.size(), moment.latestMs()).encode());
    ids.add(transaction.id().bytes());
  }

  /** The state after the block, whose transactions have been applied. */
  LedgerState finish(Block block) {
    BlockEnd.Ended ended = BlockEnd.of(state.membership(), block, state.offices());
    return state
        .with(ended.membership())
        .with(state.custodians().with(ended.offices().custodians(), moment.height()))
        .at(
            new Position(moment.height(), moment.latestMs()),
            new Grown(state.history().append(ids), state.lookups().append(lookups)),
            state.offences().with(block.evidence(), state.membership(), moment.height()));
  }

  private void applyAction(Hash id, InstitutionTransaction signed) {
    Action action = signed.action();
    if (action instanceof Action.MemberJoin join) {
      state = state.with(state.group().joined(join.member()));
    } else if (action instanceof Action.EpochStart start) {
      state =
          state.with(
              state
                  .group()
                  .started(
                      new GroupEpoch(
                          start.epoch(),
                          moment.height(),
                          start.groupPublicKey(),
                          start.credentials())));
    } else if (action instanceof Action.CustodianSetChange change) {
      state =
          state.with(state.custodians().replaced(new Period(moment.height(), change.custodians())));
    } else if (action instanceof Action.AuditAnchor anchor) {
      state = state.with(state.anchors().with(signed.institution(), anchor, moment.height()));
    } else if (action instanceof Action.GovernanceProposal proposal) {
      state =
          state.with(
              state.membership().proposed(id, signed.institution(), moment.latestMs(), proposal));
    } else {
      state = state.with(state.membership().after(signed.institution(), action));
      ActionThreads.subject(id, signed)
          .ifPresent(
              subject -> {
                List<CommittedAction> thread = new ArrayList<>(before(id, subject.id()));
                thread.add(
                    new CommittedAction(
                        id, moment.height(), ids.size(), moment.latestMs(), signed));
                threads.put(subject.id(), thread);
              });
    }
  }

  /** What begins a thread has nothing before it. */
  private List<CommittedAction> before(Hash id, Hash subject) {
    return id.equals(subject) ? List.of() : thread(subject);
  }

  private List<CommittedAction> thread(Hash subject) {
    List<CommittedAction> pending = threads.get(subject);
    return pending == null ? store.actionsOn(subject) : pending;
  }
}
