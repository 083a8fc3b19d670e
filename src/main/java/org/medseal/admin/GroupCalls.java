package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.audit.AuditAction;
import org.medseal.group.GroupView;
import org.medseal.group.SigningGroup;
import org.medseal.ledger.genesis.InstitutionShape;
import org.medseal.users.Role;

/** The signing group: who is in it, joining, and new epochs by the issuer. */
final class GroupCalls {
  private final SigningGroup group;

  GroupCalls(SigningGroup group) {
    this.group = group;
  }

  List<Call> calls() {
    Access admin = Access.anyOf(Role.ADMIN);
    return List.of(
        new Call("GET", "/group", Access.loggedIn(), AuditAction.CALL, this::show),
        new Call("POST", "/group/join", admin, AuditAction.GROUP_JOIN, this::join),
        new Call("POST", "/group/epochs", admin, AuditAction.GROUP_EPOCH, this::startEpoch));
  }

  private Answer show(Exchange exchange) {
    GroupView view = group.view();
    ObjectNode node = Json.object();
    node.put("epoch", view.epoch());
    node.put("issuer", view.issuer());
    node.put("opener", view.opener());
    node.put("minimumMembers", view.minimumMembers());
    ArrayNode members = node.putArray("members");
    view.members()
        .forEach(
            each ->
                members
                    .addObject()
                    .put("institution", each.institution())
                    .put("state", each.state().name())
                    .put("present", each.present()));
    ArrayNode epochs = node.putArray("epochs");
    view.epochs()
        .forEach(
            each -> {
              ObjectNode epoch =
                  epochs.addObject().put("epoch", each.epoch()).put("height", each.height());
              each.members().forEach(epoch.putArray("members")::add);
            });
    return Answer.json(node);
  }

  private Answer join(Exchange exchange) {
    var submitted = group.join(exchange.intention());
    exchange.note("id", submitted.id().hex());
    return RequestCalls.submitted(201, submitted);
  }

  private Answer startEpoch(Exchange exchange) {
    JsonBody body = exchange.bodyIfAny("revoke", "readmit");
    int most = group.view().members().size();
    SigningGroup.Change change =
        new SigningGroup.Change(
            names(exchange, body, "revoke", most), names(exchange, body, "readmit", most));
    SigningGroup.Started started =
        group.startEpoch(exchange.session(), change, exchange.intention());
    exchange.note("id", started.submitted().id().hex());
    exchange.note("epoch", String.valueOf(started.epoch()));
    ObjectNode node =
        Json.object().put("id", started.submitted().id().hex()).put("epoch", started.epoch());
    started.members().forEach(node.putArray("members")::add);
    return Answer.json(started.submitted().committed() ? 201 : 202, node);
  }

  /** No more than there are: they go into the trail, whose entries have an end. */
  private static Set<String> names(Exchange exchange, JsonBody body, String field, int most) {
    Set<String> names = body.has(field) ? new TreeSet<>(body.texts(field)) : new TreeSet<>();
    if (!names.stream().allMatch(InstitutionShape::isName)) {
      throw Exchange.refused("'" + field + "' has a name that no institution can have.");
    }
    if (names.size() > most) {
      throw Exchange.refused("'" + field + "' has more names than the group has members.");
    }
    if (!names.isEmpty()) {
      exchange.note(field, String.join(" ", names));
    }
    return names;
  }
}
