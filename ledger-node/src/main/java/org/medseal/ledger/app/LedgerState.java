package org.medseal.ledger.app;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medseal.ledger.app.CustodianHistory.Period;
import org.medseal.ledger.app.GroupState.GroupEpoch;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.stake.Membership;
import org.medseal.ledger.stake.Offices;

/**
 * Everything the rules depend on besides what {@link AppStore} looks up. Immutable.
 *
 * @param history RFC 6962 tree over the ids of all transactions since genesis
 * @param lookups the same over what the rules look up later of each, see {@link Lookup}
 * @param anchors how far institutions say their audit trails are
 */
record LedgerState(
    ChainFacts facts,
    Position position,
    GroupState group,
    CustodianHistory custodians,
    MerkleFrontier history,
    Offences offences,
    Membership membership,
    MerkleFrontier lookups,
    AuditAnchors anchors) {
  /** Height and time of the newest block; 0 and the genesis' time before the first. */
  record Position(long height, long timeMs) {}

  /** Both trees with a block's transactions in them. */
  record Grown(MerkleFrontier history, MerkleFrontier lookups) {}

  static LedgerState of(Genesis genesis) {
    GroupState group =
        new GroupState(
            new TreeMap<>(),
            List.of(new GroupEpoch(1, 0, genesis.groupPublicKey(), genesis.credentials())));
    for (GroupMember member : genesis.members()) {
      group = group.joined(member);
    }
    return new LedgerState(
        ChainFacts.of(genesis),
        new Position(0, genesis.timeMs()),
        group,
        new CustodianHistory(List.of(new Period(0, genesis.custodians()))),
        MerkleFrontier.EMPTY,
        Offences.NONE,
        Membership.of(genesis),
        MerkleFrontier.EMPTY,
        AuditAnchors.NONE);
  }

  long height() {
    return position.height();
  }

  long timeMs() {
    return position.timeMs();
  }

  /** RFC 6962 root over the canonical forms of the parts. */
  Hash root() {
    return MerkleTree.root(StateCodec.parts(this));
  }

  /** A present member of the consortium. */
  Optional<Institution> institution(String name) {
    return membership.registry().member(name);
  }

  /** Those for stake as they are in force. */
  Parameters parameters() {
    return membership.policy().in(facts.parameters());
  }

  /** Different institutions that must approve a trace before it may be answered. */
  int approvalsNeeded() {
    return Math.min(2, membership.registry().members().size());
  }

  Offices offices() {
    Set<String> standing = new TreeSet<>(List.of(facts.roles().issuer(), facts.roles().opener()));
    return new Offices(
        standing,
        custodians.current().custodians().keys(),
        custodians.periods().stream().map(CustodianHistory.Period::custodians).toList());
  }

  LedgerState with(GroupState next) {
    return new LedgerState(
        facts, position, next, custodians, history, offences, membership, lookups, anchors);
  }

  LedgerState with(CustodianHistory next) {
    return new LedgerState(
        facts, position, group, next, history, offences, membership, lookups, anchors);
  }

  LedgerState with(Membership next) {
    return new LedgerState(
        facts, position, group, custodians, history, offences, next, lookups, anchors);
  }

  LedgerState with(AuditAnchors next) {
    return new LedgerState(
        facts, position, group, custodians, history, offences, membership, lookups, next);
  }

  LedgerState at(Position next, Grown grown, Offences known) {
    return new LedgerState(
        facts,
        next,
        group,
        custodians,
        grown.history(),
        known,
        membership,
        grown.lookups(),
        anchors);
  }
}
