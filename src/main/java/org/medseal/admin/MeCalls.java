package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.medseal.audit.AuditAction;
import org.medseal.mail.Notice;
import org.medseal.users.Logins;
import org.medseal.users.Profile;
import org.medseal.users.Role;
import org.medseal.users.SecondFactors;
import org.medseal.users.Session;
import org.medseal.users.User;
import org.medseal.users.UserStore;

/** The own account: profile, password, second factor, sessions, and the keys of a role. */
final class MeCalls {
  private final AdminServices.People people;
  private final UserStore users;
  private final AccountJson json;
  private final Logins logins;
  private final Keys keys;

  /**
   * @param onUnlock told of a session that holds more keys than before
   */
  record Keys(String institution, Consumer<Session> onUnlock) {}

  MeCalls(AdminServices.People people, Logins logins, Keys keys) {
    this.people = people;
    this.users = people.users();
    this.json = new AccountJson(users);
    this.logins = logins;
    this.keys = keys;
  }

  List<Call> calls() {
    Access own = Access.loggedIn();
    Access admin = Access.anyOf(Role.ADMIN);
    return List.of(
        new Call("GET", "/me", own, AuditAction.CALL, this::me),
        new Call("PUT", "/me", own, AuditAction.PROFILE_CHANGE, this::changeProfile),
        new Call("POST", "/me/password", own, AuditAction.PASSWORD_CHANGE, this::changePassword),
        new Call("POST", "/me/totp", own, AuditAction.TOTP_SET_UP, this::setUpTotp),
        new Call("POST", "/me/totp/confirm", own, AuditAction.TOTP_CONFIRM, this::confirmTotp),
        new Call("DELETE", "/me/totp", own, AuditAction.TOTP_REMOVE, this::removeTotp),
        new Call("GET", "/me/sessions", own, AuditAction.CALL, this::sessions),
        new Call("DELETE", "/me/sessions/{id}", own, AuditAction.SESSION_END, this::endSession),
        new Call("POST", "/me/keys/unlock", admin, AuditAction.KEYS_UNLOCK, this::unlockKeys),
        new Call("POST", "/me/keys/rebind", admin, AuditAction.KEYS_REBIND, this::rebindKeys));
  }

  private Answer me(Exchange exchange) {
    return Answer.json(json.me(exchange.session()));
  }

  /** Absent fields stay; another e-mail address is a way into the account, so it takes more. */
  private Answer changeProfile(Exchange exchange) {
    JsonBody body = exchange.body("displayName", "email", "licenceNumber", "password");
    User user = exchange.session().user();
    Profile was = user.profile();
    Profile is =
        new Profile(
            body.has("displayName") ? body.text("displayName") : was.displayName(),
            body.has("email") ? body.text("email") : was.email(),
            body.has("licenceNumber") ? body.text("licenceNumber") : was.licenceNumber());
    boolean moved = !is.email().equals(was.email());
    if (moved) {
      users.requirePassword(user, body.textOrEmpty("password"));
      exchange.note("email", "changed");
    }
    User changed = users.changeProfile(user.id(), is);
    if (moved) {
      people.post().notice(was.email(), Notice.EMAIL_CHANGED);
    }
    return Answer.json(json.user(changed));
  }

  private Answer changePassword(Exchange exchange) {
    JsonBody body = exchange.body("oldPassword", "newPassword");
    logins.changePassword(exchange.session(), body.text("oldPassword"), body.text("newPassword"));
    notice(exchange, Notice.PASSWORD_CHANGED);
    return Answer.nothing();
  }

  private Answer setUpTotp(Exchange exchange) {
    SecondFactors.SetUp setUp =
        users.beginSecondFactor(
            exchange.session(), exchange.body("password").text("password"), keys.institution());
    return Answer.json(Json.object().put("secret", setUp.secret()).put("uri", setUp.uri()));
  }

  private Answer confirmTotp(Exchange exchange) {
    String code = exchange.body("totp").text("totp");
    ObjectNode answer = Json.object();
    users
        .confirmSecondFactor(exchange.session(), code)
        .forEach(answer.putArray("recoveryCodes")::add);
    return Answer.json(answer);
  }

  private Answer removeTotp(Exchange exchange) {
    users.removeSecondFactor(exchange.session(), exchange.body("password").text("password"));
    notice(exchange, Notice.SECOND_FACTOR_REMOVED);
    return Answer.nothing();
  }

  private Answer sessions(Exchange exchange) {
    Session session = exchange.session();
    return Answer.json(json.sessions(session.user(), session.id()));
  }

  private Answer endSession(Exchange exchange) {
    String id = exchange.id("id");
    users.sessions().end(exchange.session().user().id(), id);
    return id.equals(exchange.session().id()) ? exchange.ended() : Answer.nothing();
  }

  private Answer unlockKeys(Exchange exchange) {
    String passphrase = exchange.body("passphrase").text("passphrase");
    return unlocked(exchange, logins.unlockKeys(exchange.session(), passphrase));
  }

  private Answer rebindKeys(Exchange exchange) {
    JsonBody body = exchange.body("passphrase", "password");
    return unlocked(
        exchange,
        logins.rebindKeys(exchange.session(), body.text("passphrase"), body.text("password")));
  }

  private Answer unlocked(Exchange exchange, Session session) {
    session.keys().custodian().ifPresent(key -> exchange.note("custodianKey", "unlocked"));
    session.keys().opener().ifPresent(key -> exchange.note("openerKey", "unlocked"));
    session.keys().issuer().ifPresent(key -> exchange.note("issuerKey", "unlocked"));
    keys.onUnlock().accept(session);
    return Answer.json(json.me(session));
  }

  private void notice(Exchange exchange, Notice notice) {
    people.post().notice(exchange.session().user().profile().email(), notice);
  }
}
