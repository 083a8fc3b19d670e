package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;
import org.medseal.users.Session;
import org.medseal.users.Sessions;
import org.medseal.users.User;
import org.medseal.users.UserState;
import org.medseal.users.UserStore;

/** Users and their sessions as callers see them. */
final class AccountJson {
  private final UserStore users;

  AccountJson(UserStore users) {
    this.users = users;
  }

  /** As an administrator and the user see it. */
  ObjectNode user(User user) {
    ObjectNode node = Json.object();
    node.put("id", user.id());
    node.put("login", user.login());
    node.put("displayName", user.displayName());
    node.put("email", user.profile().email());
    node.put("licenceNumber", user.profile().licenceNumber());
    node.put("state", user.state().name());
    ArrayNode roles = node.putArray("roles");
    new TreeSet<>(user.roles()).forEach(role -> roles.add(role.name()));
    node.put("createdAt", user.createdAt().toString());
    node.put("totp", users.secondFactors().isSetUp(user.id()));
    if (user.state() == UserState.PENDING) {
      node.put("askedAgain", users.askedAgain(user.id()));
    }
    users.lockedUntil(user.id()).ifPresent(until -> node.put("lockedUntil", until.toString()));
    return node;
  }

  /** As the user alone sees it. */
  ObjectNode me(Session session) {
    ObjectNode me = user(session.user());
    me.put("recoveryCodesLeft", users.secondFactors().sparesLeft(session.user().id()));
    me.put("holdsCustodianKey", session.keys().custodian().isPresent());
    me.put("holdsOpenerKey", session.keys().opener().isPresent());
    me.put("holdsIssuerKey", session.keys().issuer().isPresent());
    return me;
  }

  /** With a mark on the one that asks; {@code current} is empty where it is not the user's own. */
  ObjectNode sessions(User user, String current) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("sessions");
    for (Sessions.Listed each : users.sessions().of(user.id())) {
      ObjectNode node = all.addObject();
      node.put("id", each.id());
      node.put("startedAt", each.startedAt().toString());
      each.lastSeenAt().ifPresent(at -> node.put("lastSeenAt", at.toString()));
      node.put("expiresAt", each.expiresAt().toString());
      node.put("current", each.id().equals(current));
    }
    return answer;
  }
}
