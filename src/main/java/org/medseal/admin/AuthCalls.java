package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.medseal.audit.AuditAction;
import org.medseal.users.Authenticator;
import org.medseal.users.Logins;
import org.medseal.users.Session;
import org.medseal.users.User;
import org.medseal.users.UserStore;

/** Registering, logging in and out, and the user's own account. */
final class AuthCalls {
  private final UserStore users;
  private final Logins logins;
  private final Consumer<Session> onLogin;

  AuthCalls(UserStore users, Logins logins, Consumer<Session> onLogin) {
    this.users = users;
    this.logins = logins;
    this.onLogin = onLogin;
  }

  List<Call> calls() {
    return List.of(
        new Call(
            "POST", "/auth/register", Access.everybody(), AuditAction.REGISTER, this::register),
        new Call("POST", "/auth/login", Access.everybody(), AuditAction.LOGIN, this::login),
        new Call("POST", "/auth/logout", Access.loggedIn(), AuditAction.LOGOUT, this::logout),
        new Call("GET", "/me", Access.loggedIn(), AuditAction.CALL, this::me),
        new Call("PUT", "/me", Access.loggedIn(), AuditAction.PROFILE_CHANGE, this::rename),
        new Call(
            "POST",
            "/me/password",
            Access.loggedIn(),
            AuditAction.PASSWORD_CHANGE,
            this::changePassword));
  }

  /** Fields it does not know are passed over; roles come from an administrator only. */
  private Answer register(Exchange exchange) {
    JsonBody body = exchange.lenientBody();
    String login = body.text("login");
    String shown = body.textOrEmpty(body.has("displayName") ? "displayName" : "name");
    users.register(login, body.text("password"), shown);
    users.findByLogin(login).ifPresent(user -> exchange.actor(user.login()));
    ObjectNode answer = Json.object();
    answer.put("message", "Once an administrator has approved, the login works.");
    return Answer.json(202, answer);
  }

  private Answer login(Exchange exchange) {
    JsonBody body = exchange.body("login", "password", "totp");
    String login = body.text("login");
    users.findByLogin(login).ifPresent(user -> exchange.actor(user.login()));
    Logins.Started started =
        logins.login(
            new Authenticator.Password(login, body.text("password"), body.textOrEmpty("totp")));
    Session session = started.session();
    session.keys().custodian().ifPresent(key -> exchange.note("custodianKey", "unlocked"));
    session.keys().opener().ifPresent(key -> exchange.note("openerKey", "unlocked"));
    session.keys().issuer().ifPresent(key -> exchange.note("issuerKey", "unlocked"));
    onLogin.accept(session);
    return Answer.json(Json.object().put("token", started.token()));
  }

  private Answer logout(Exchange exchange) {
    logins.logout(exchange.session());
    return Answer.nothing();
  }

  private Answer me(Exchange exchange) {
    Session session = exchange.session();
    ObjectNode me = user(session.user());
    me.put("holdsCustodianKey", session.keys().custodian().isPresent());
    me.put("holdsOpenerKey", session.keys().opener().isPresent());
    me.put("holdsIssuerKey", session.keys().issuer().isPresent());
    return Answer.json(me);
  }

  private Answer rename(Exchange exchange) {
    JsonBody body = exchange.body("displayName");
    String userId = exchange.session().user().id();
    return Answer.json(user(users.rename(userId, body.text("displayName"))));
  }

  private Answer changePassword(Exchange exchange) {
    JsonBody body = exchange.body("oldPassword", "newPassword");
    logins.changePassword(exchange.session(), body.text("oldPassword"), body.text("newPassword"));
    return Answer.nothing();
  }

  static ObjectNode user(User user) {
    ObjectNode node = Json.object();
    node.put("id", user.id());
    node.put("login", user.login());
    node.put("displayName", user.displayName());
    node.put("state", user.state().name());
    new TreeSet<>(user.roles()).forEach(role -> node.withArray("roles").add(role.name()));
    if (user.roles().isEmpty()) {
      node.putArray("roles");
    }
    node.put("createdAt", user.createdAt().toString());
    return node;
  }
}
