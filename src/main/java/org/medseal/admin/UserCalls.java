package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.medseal.audit.AuditAction;
import org.medseal.users.Role;
import org.medseal.users.User;
import org.medseal.users.UserStore;

/** Administering users. */
final class UserCalls {
  private final UserStore users;

  UserCalls(UserStore users) {
    this.users = users;
  }

  List<Call> calls() {
    Access admin = Access.anyOf(Role.ADMIN);
    return List.of(
        new Call("GET", "/users", admin, AuditAction.USERS_READ, this::list),
        new Call("POST", "/users/{id}/approve", admin, AuditAction.USER_APPROVE, this::approve),
        new Call("POST", "/users/{id}/disable", admin, AuditAction.USER_DISABLE, this::disable),
        new Call("POST", "/users/{id}/roles", admin, AuditAction.USER_ROLES, this::roles));
  }

  private Answer list(Exchange exchange) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("users");
    users.users().forEach(user -> all.add(AuthCalls.user(user)));
    return Answer.json(answer);
  }

  private Answer approve(Exchange exchange) {
    String id = exchange.id("id");
    JsonBody body = exchange.bodyIfAny("roles");
    User user = body.has("roles") ? users.approve(id, Exchange.roles(body)) : users.approve(id);
    exchange.note("roles", user.roles().toString());
    return answer(user);
  }

  private Answer disable(Exchange exchange) {
    return answer(users.disable(exchange.id("id")));
  }

  private Answer roles(Exchange exchange) {
    String id = exchange.id("id");
    Set<Role> roles = Exchange.roles(exchange.body("roles"));
    exchange.note("roles", roles.toString());
    return answer(users.setRoles(id, roles));
  }

  private static Answer answer(User user) {
    return Answer.json(AuthCalls.user(user));
  }
}
