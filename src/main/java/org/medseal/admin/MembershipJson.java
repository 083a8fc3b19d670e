package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HexFormat;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.api.StakeAccount;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.MembershipChange.Admission;
import org.medseal.ledger.model.MembershipChange.CustodianAddition;
import org.medseal.ledger.model.MembershipChange.CustodianRemoval;
import org.medseal.ledger.model.MembershipChange.Removal;
import org.medseal.ledger.model.MembershipChange.StakeGrant;
import org.medseal.ledger.model.MembershipChange.StakeRules;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.StakeParameters;

/** Stake and proposals as JSON. */
final class MembershipJson {
  private MembershipJson() {}

  static ObjectNode stake(StakeAccount account) {
    ObjectNode node = Json.object();
    node.put("institution", account.institution());
    node.put("state", account.state().name());
    node.put("votes", account.votes());
    node.put("granted", account.granted());
    node.put("free", account.free());
    node.put("bonded", account.bonded());
    node.put("leaving", account.leaving());
    ArrayNode unbonding = node.putArray("unbonding");
    account
        .unbonding()
        .forEach(
            each ->
                unbonding
                    .addObject()
                    .put("units", each.units())
                    .put("releaseAt", time(each.releaseMs())));
    node.put("slashed", account.slashed());
    node.put("retired", account.retired());
    account.jailedUntilMs().ifPresent(until -> node.put("jailedUntil", time(until)));
    node.put("missedBlocks", account.missedBlocks());
    node.put("validatorKey", account.validatorKey().hex());
    return node;
  }

  static ObjectNode of(GovernanceCase proposal) {
    ObjectNode node = Json.object();
    node.put("id", proposal.id().hex());
    node.put("state", proposal.state().name());
    node.put("proposer", proposal.proposer());
    node.put("createdAt", time(proposal.createdAtMs()));
    node.put("deadline", time(proposal.deadlineMs()));
    node.put("outcome", proposal.outcome());
    ObjectNode votes = node.putObject("votes");
    proposal.votes().forEach((name, yes) -> votes.put(name, yes ? "APPROVE" : "REJECT"));
    node.set("change", change(proposal.change()));
    return node;
  }

  static ObjectNode rules(Parameters parameters) {
    return rules(parameters.stakeCapPercent(), parameters.stake());
  }

  private static ObjectNode rules(int capPercent, StakeParameters stake) {
    ObjectNode node = Json.object();
    node.put("stakeCapPercent", capPercent);
    node.put("epochBlocks", stake.epochBlocks());
    node.put("unbondingMs", stake.unbondingMs());
    node.put("slashPercent", stake.slashPercent());
    node.put("downtimeWindowBlocks", stake.downtimeWindowBlocks());
    node.put("downtimeMissedBlocks", stake.downtimeMissedBlocks());
    node.put("jailMs", stake.jailMs());
    node.put("votingMs", stake.votingMs());
    return node;
  }

  private static ObjectNode change(MembershipChange change) {
    ObjectNode node = Json.object();
    if (change instanceof StakeGrant grant) {
      node.put("kind", "STAKE_GRANT");
      node.put("institution", grant.institution()).put("units", grant.units());
    } else if (change instanceof Admission admission) {
      var added = admission.institution();
      node.put("kind", "ADMISSION");
      node.put("institution", added.name()).put("units", added.stake());
      node.put("signingKey", added.signingKey().hex());
      node.put("validatorKey", added.validatorKey().hex());
      node.put("tlsPin", added.tlsPin().hex());
      node.put("peerAddress", added.peerAddress());
    } else if (change instanceof Removal removal) {
      node.put("kind", "REMOVAL").put("institution", removal.institution());
    } else if (change instanceof StakeRules rules) {
      node.put("kind", "STAKE_RULES");
      node.set("rules", rules(rules.stakeCapPercent(), rules.stake()));
    } else if (change instanceof CustodianAddition addition) {
      node.put("kind", "CUSTODIAN_ADDITION").put("institution", addition.key().institution());
      node.put("key", addition.key().sm2Point().hex());
      node.put("fingerprint", fingerprint(addition.key().sm2Point()));
    } else if (change instanceof CustodianRemoval removal) {
      node.put("kind", "CUSTODIAN_REMOVAL").put("key", removal.sm2Point().hex());
      node.put("fingerprint", fingerprint(removal.sm2Point()));
    }
    return node;
  }

  /** By which people compare custodian keys. */
  static String fingerprint(Bytes sm2Point) {
    return HexFormat.of().formatHex(Digests.sha256(sm2Point.toArray()));
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
