package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.users.UserStore;

/** Health and metrics, for this machine's monitoring or anybody logged in. */
final class HealthCalls {
  private static final String PREFIX = "/observe";

  private final Ledger ledger;
  private final UserStore users;
  private final AdminServices.Intake intake;

  HealthCalls(Ledger ledger, UserStore users, AdminServices.Intake intake) {
    this.ledger = ledger;
    this.users = users;
    this.intake = intake;
  }

  List<Call> calls() {
    Access near = Access.localOrLoggedIn();
    return List.of(
        new Call("GET", PREFIX + "/health/live", near, AuditAction.CALL, this::live),
        new Call("GET", PREFIX + "/health/ready", near, AuditAction.CALL, this::ready),
        new Call("GET", PREFIX + "/metrics", near, AuditAction.CALL, this::metrics));
  }

  private Answer live(Exchange exchange) {
    return Answer.json(Json.object().put("status", "UP"));
  }

  /**
   * Ready when users can be read, the connected stake suffices to commit and this node takes part
   * in deciding. Alerts are for people: with them the node is as ready as without.
   */
  private Answer ready(Exchange exchange) {
    EngineStatus engine = ledger.status();
    boolean quorum = connectedStakeIsQuorum(engine);
    boolean deciding = !engine.waiting().cause().isOut();
    boolean people = users.answers();
    boolean up = quorum && deciding && people;
    ObjectNode node = Json.object().put("status", up ? "UP" : "DOWN");
    node.putObject("checks")
        .put("ledgerQuorum", quorum)
        .put("ledgerDecides", deciding)
        .put("users", people);
    node.put("ledgerTimeMs", ledger.view().timeMs());
    node.set("alerts", FeedCalls.alerts(intake.watch()));
    return Answer.json(up ? 200 : 503, node);
  }

  private boolean connectedStakeIsQuorum(EngineStatus engine) {
    List<String> connected =
        engine.peers().stream()
            .filter(EngineStatus.Peer::connected)
            .map(EngineStatus.Peer::institution)
            .toList();
    ValidatorSet validators = ledger.view().validators();
    long stake =
        validators.validators().stream()
            .filter(
                each ->
                    each.institution().equals(ledger.institution())
                        || connected.contains(each.institution()))
            .mapToLong(Validator::stake)
            .sum();
    return validators.isQuorum(stake);
  }

  private Answer metrics(Exchange exchange) {
    EngineStatus engine = ledger.status();
    MetricsText text = new MetricsText();
    text.gauge("medseal_ledger_height", "Height of the last block.", engine.height());
    text.gauge("medseal_ledger_round", "Round of the next height.", engine.round());
    text.gauge(
        "medseal_ledger_pending_transactions",
        "Transactions that wait for a block.",
        engine.pending());
    text.gauge(
        "medseal_ledger_connected_peers",
        "Other nodes this one is connected to.",
        LedgerCalls.connected(engine));
    text.gauge(
        "medseal_group_members",
        "Members of the group in its epoch.",
        ledger.view().membersInEpoch());
    text.gauge("medseal_sessions", "Sessions of signed-in users.", users.sessions().count());
    IntakeMetrics.append(text, intake, Instant.now());
    return Answer.content(
        "text/plain; version=0.0.4; charset=utf-8",
        text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
