package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.medseal.audit.AuditAction;
import org.medseal.mail.Notice;
import org.medseal.pages.SessionCookie;
import org.medseal.users.Authenticator;
import org.medseal.users.Csrf;
import org.medseal.users.LoginNames;
import org.medseal.users.Logins;
import org.medseal.users.Profile;
import org.medseal.users.RecoveryMail;
import org.medseal.users.Session;
import org.medseal.users.User;
import org.medseal.users.UserStore;

/** What is open to somebody not logged in: registering, logging in, a forgotten password. */
final class AuthCalls {
  private final UserStore users;
  private final Logins logins;
  private final AdminServices.People people;
  private final RecoveryMail recoveryMail;
  private final Consumer<Session> onLogin;

  AuthCalls(AdminServices.People people, Logins logins, Consumer<Session> onLogin) {
    this.people = people;
    this.users = people.users();
    this.logins = logins;
    this.recoveryMail = new RecoveryMail(users, people.post());
    this.onLogin = onLogin;
  }

  List<Call> calls() {
    Access everybody = Access.everybody();
    return List.of(
        new Call("POST", "/auth/register", everybody, AuditAction.REGISTER, this::register),
        new Call("POST", "/auth/login", everybody, AuditAction.LOGIN, this::login),
        new Call("POST", "/auth/recover", everybody, AuditAction.RECOVER, this::recover),
        new Call(
            "POST",
            "/auth/recover/confirm",
            everybody,
            AuditAction.RECOVER_CONFIRM,
            this::confirmRecovery),
        new Call("POST", "/auth/logout", Access.loggedIn(), AuditAction.LOGOUT, this::logout));
  }

  /** Fields it does not know are passed over; roles come from an administrator only. */
  private Answer register(Exchange exchange) {
    JsonBody body = exchange.lenientBody();
    String login = body.text("login");
    String shown = body.textOrEmpty(body.has("displayName") ? "displayName" : "name");
    boolean created =
        users.register(
            login,
            body.text("password"),
            new Profile(
                shown.isBlank() ? LoginNames.canonical(login) : shown,
                body.textOrEmpty("email"),
                body.textOrEmpty("licenceNumber")));
    exchange.note("user", LoginNames.canonical(login));
    exchange.note("created", String.valueOf(created));
    return noted("Once an administrator has approved, the login works.");
  }

  private Answer login(Exchange exchange) {
    JsonBody body = exchange.body("login", "password", "totp", "cookie");
    String login = body.text("login");
    boolean inCookie = body.flag("cookie"); // refused before anything has started
    users.findByLogin(login).ifPresent(user -> exchange.actor(user.login()));
    Logins.Started started =
        logins.login(
            new Authenticator.Password(login, body.text("password"), body.textOrEmpty("totp")));
    Session session = started.session();
    session.keys().custodian().ifPresent(key -> exchange.note("custodianKey", "unlocked"));
    session.keys().opener().ifPresent(key -> exchange.note("openerKey", "unlocked"));
    session.keys().issuer().ifPresent(key -> exchange.note("issuerKey", "unlocked"));
    onLogin.accept(session);
    return inCookie ? inCookie(started) : inBody(started);
  }

  private static Answer inBody(Logins.Started started) {
    return Answer.json(Json.object().put("token", started.token()));
  }

  /** The token stays out of reach of scripts, which need only what proves their page. */
  private static Answer inCookie(Logins.Started started) {
    return Answer.json(Json.object().put("csrfToken", Csrf.of(started.token())))
        .withCookie(SessionCookie.of(started.token()));
  }

  /** The audit learns of whom it was asked; the caller does not, neither by answer nor by time. */
  private Answer recover(Exchange exchange) {
    String login = exchange.body("login").text("login");
    users.findByLogin(login).ifPresent(user -> exchange.note("user", user.login()));
    if (!recoveryMail.isOn()) {
      throw new ProblemException(
          Problem.conflict(
              "no-mail", "This node sends no mail; ask an administrator for a recovery code."));
    }
    recoveryMail.ask(login);
    return noted("If the login has an e-mail address, a link is on its way to it.");
  }

  private Answer confirmRecovery(Exchange exchange) {
    JsonBody body = exchange.body("code", "newPassword");
    User user = users.recover(body.text("code"), body.text("newPassword"));
    exchange.actor(user.login());
    people.post().notice(user.profile().email(), Notice.PASSWORD_RECOVERED);
    return Answer.nothing();
  }

  private Answer logout(Exchange exchange) {
    logins.logout(exchange.session());
    return exchange.ended();
  }

  private static Answer noted(String message) {
    ObjectNode answer = Json.object();
    answer.put("message", message);
    return Answer.json(202, answer);
  }
}
