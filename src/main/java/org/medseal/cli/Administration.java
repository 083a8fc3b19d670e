package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditTrail;
import org.medseal.client.AdminClient;
import org.medseal.client.ClientException;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;
import org.medseal.users.Recoveries;
import org.medseal.users.User;
import org.medseal.users.UserException;
import org.medseal.users.UserStore;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Users of an institution: through its running node as one of its administrators, or, while it does
 * not run, by whoever may read its home. Either way the audit trail says who it was.
 */
final class Administration {
  @Mixin private AtHome at;
  @Mixin private PasswordFile passwordFile;

  @Option(
      names = "--login",
      description = "An administrator's login; without it the institution must not be running.")
  private Optional<String> login = Optional.empty();

  @Option(names = "--totp", description = "Code of the administrator's authenticator app.")
  private String totp = "";

  /** Those that the query of {@code GET users} finds; at rest all of them. */
  JsonNode list(Map<String, String> query) {
    if (login.isPresent()) {
      Map<String, String> all = new TreeMap<>(query);
      all.put("limit", "1000");
      return client().get("/api/v1/users", all).expect(200).json();
    }
    try (UserStore users = UserStore.open(atRest().people())) {
      ObjectNode answer = Output.object();
      var list = answer.putArray("users");
      users.users().forEach(user -> list.add(json(user)));
      return answer;
    }
  }

  /** As the call answers; UNKNOWN_USER when nobody has the login. */
  JsonNode change(String who, UserChange change, Map<String, Object> body) {
    return login.isPresent() ? running(who, change, body) : atRest(who, change, body);
  }

  private JsonNode running(String who, UserChange change, Map<String, Object> body) {
    AdminClient client = client();
    for (JsonNode user :
        client
            .get("/api/v1/users", Map.of("q", who, "limit", "1000"))
            .expect(200)
            .json()
            .path("users")) {
      if (user.path("login").asText().equals(who)) {
        String path = "/api/v1/users/" + user.path("id").asText() + "/" + change.path();
        return client.post(path, body).expect(200).json();
      }
    }
    throw new ClientException("nobody has the login " + who);
  }

  private JsonNode atRest(String who, UserChange change, Map<String, Object> body) {
    Home home = atRest();
    try (UserStore users = UserStore.open(home.people());
        AuditTrail audit = AuditTrail.open(home.audit())) {
      User user =
          users
              .findByLogin(who)
              .orElseThrow(
                  () ->
                      new UserException(
                          UserException.Reason.UNKNOWN_USER, "nobody has the login " + who));
      JsonNode done = carryOut(users, user, change, body);
      audit.record(
          new AuditEntry(
              change.action(),
              "os:" + System.getProperty("user.name"),
              AuditEntry.OK,
              Map.of("id", user.id(), "user", user.login())));
      return done;
    }
  }

  private static JsonNode carryOut(
      UserStore users, User user, UserChange change, Map<String, Object> body) {
    return switch (change) {
      case ENABLE -> json(users.enable(user.id()));
      case DISABLE -> json(users.disable(user.id()));
      case REJECT -> json(users.reject(user.id()));
      case END_SESSIONS -> Output.object().put("ended", users.sessions().endAll(user.id()));
      case RECOVERY_CODE -> {
        boolean removeTotp = Boolean.TRUE.equals(body.get("removeTotp"));
        Recoveries.Issued issued = users.recoveries().issue(user.id(), removeTotp);
        yield Output.object()
            .put("code", issued.code())
            .put("expiresAt", issued.expiresAt().toString());
      }
    };
  }

  private Home atRest() {
    return at.atRest("name an administrator by --login, or stop it first");
  }

  private AdminClient client() {
    char[] password = passwordFile.read();
    try {
      return at.node().login(login.orElseThrow(), new String(password), totp);
    } finally {
      Passphrase.wipe(password);
    }
  }

  private static ObjectNode json(User user) {
    ObjectNode node = Output.object();
    node.put("id", user.id());
    node.put("login", user.login());
    node.put("displayName", user.displayName());
    node.put("state", user.state().name());
    var roles = node.putArray("roles");
    new TreeSet<>(user.roles()).forEach(role -> roles.add(role.name()));
    return node;
  }
}
