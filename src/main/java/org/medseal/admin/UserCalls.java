package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.medseal.audit.AuditAction;
import org.medseal.users.Recoveries;
import org.medseal.users.Role;
import org.medseal.users.User;
import org.medseal.users.UserException;
import org.medseal.users.UserFilter;
import org.medseal.users.UserState;
import org.medseal.users.UserStore;

/** Administering users. */
final class UserCalls {
  private static final int PAGE = 1_000;

  private final UserStore users;
  private final AccountJson json;

  UserCalls(UserStore users) {
    this.users = users;
    this.json = new AccountJson(users);
  }

  List<Call> calls() {
    Access admin = Access.anyOf(Role.ADMIN);
    return List.of(
        new Call("GET", "/users", admin, AuditAction.USERS_READ, this::list),
        new Call("GET", "/users/count", admin, AuditAction.CALL, this::count),
        new Call("GET", "/users/{id}", admin, AuditAction.USERS_READ, this::one),
        new Call("POST", "/users/{id}/approve", admin, AuditAction.USER_APPROVE, this::approve),
        new Call("POST", "/users/{id}/reject", admin, AuditAction.USER_REJECT, this::reject),
        new Call("POST", "/users/{id}/disable", admin, AuditAction.USER_DISABLE, this::disable),
        new Call("POST", "/users/{id}/enable", admin, AuditAction.USER_ENABLE, this::enable),
        new Call("POST", "/users/{id}/roles", admin, AuditAction.USER_ROLES, this::roles),
        new Call(
            "POST",
            "/users/{id}/recovery-code",
            admin,
            AuditAction.RECOVERY_CODE,
            this::recoveryCode),
        new Call("GET", "/users/{id}/sessions", admin, AuditAction.USERS_READ, this::sessions),
        new Call(
            "POST",
            "/users/{id}/sessions/end",
            admin,
            AuditAction.USER_SESSIONS_END,
            this::endSessions));
  }

  /** One more than asked for is read to know whether there is another page. */
  private Answer list(Exchange exchange) {
    int limit = exchange.limit(PAGE);
    List<User> found =
        users.users(
            new UserFilter(
                exchange.queryOneOf("state", UserState.class),
                exchange.queryOneOf("role", Role.class),
                exchange.query("q").orElse(""),
                exchange.query("after").orElse(""),
                limit + 1));
    List<User> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("users");
    page.forEach(user -> all.add(json.user(user)));
    if (found.size() > limit) {
      answer.put("next", page.get(limit - 1).id());
    }
    return Answer.json(answer);
  }

  /** Names nobody, so the trail says nothing of it. */
  private Answer count(Exchange exchange) {
    UserState state =
        exchange
            .queryOneOf("state", UserState.class)
            .orElseThrow(() -> Exchange.refused("The parameter 'state' is needed."));
    return Answer.json(Json.object().put("count", users.count(state)));
  }

  private Answer one(Exchange exchange) {
    return answer(named(exchange));
  }

  private Answer approve(Exchange exchange) {
    String id = exchange.id("id");
    JsonBody body = exchange.bodyIfAny("roles");
    User user = body.has("roles") ? users.approve(id, Exchange.roles(body)) : users.approve(id);
    exchange.note("roles", user.roles().toString());
    return answer(user);
  }

  private Answer reject(Exchange exchange) {
    String id = exchange.id("id");
    users.find(id).ifPresent(user -> exchange.note("user", user.login()));
    exchange.intention().toKeep(); // afterwards nothing else bears witness
    return answer(users.reject(id));
  }

  private Answer disable(Exchange exchange) {
    return answer(users.disable(exchange.id("id")));
  }

  private Answer enable(Exchange exchange) {
    User user = users.enable(exchange.id("id"));
    exchange.note("roles", user.roles().toString());
    return answer(user);
  }

  private Answer roles(Exchange exchange) {
    String id = exchange.id("id");
    Set<Role> roles = Exchange.roles(exchange.body("roles"));
    exchange.note("roles", roles.toString());
    return answer(users.setRoles(id, roles));
  }

  private Answer recoveryCode(Exchange exchange) {
    String id = exchange.id("id");
    JsonBody body = exchange.bodyIfAny("removeTotp");
    boolean removeTotp = body.flag("removeTotp");
    Recoveries.Issued issued = users.recoveries().issue(id, removeTotp);
    exchange.note("removeTotp", String.valueOf(removeTotp));
    return Answer.json(
        Json.object().put("code", issued.code()).put("expiresAt", issued.expiresAt().toString()));
  }

  private Answer sessions(Exchange exchange) {
    return Answer.json(json.sessions(named(exchange), exchange.session().id()));
  }

  private Answer endSessions(Exchange exchange) {
    int ended = users.sessions().endAll(named(exchange).id());
    exchange.note("ended", String.valueOf(ended));
    return Answer.json(Json.object().put("ended", ended));
  }

  private User named(Exchange exchange) {
    return users
        .find(exchange.id("id"))
        .orElseThrow(
            () -> new UserException(UserException.Reason.UNKNOWN_USER, "There is no such user."));
  }

  private Answer answer(User user) {
    return Answer.json(json.user(user));
  }
}
