package org.medseal.demo;

import java.util.List;
import java.util.Map;
import org.medseal.client.AdminClient;
import org.medseal.demo.DemoReport.DemoUser;
import org.medseal.home.Passphrase;

/** The users of one demo hospital: one of each role, each with a generated password. */
public record DemoPeople(DemoUser admin, DemoUser physician, DemoUser operator, DemoUser auditor) {
  private static final List<String> PHYSICIANS = List.of("dr-li", "dr-wang", "dr-zhao", "dr-chen");

  /** Of the {@code index}-th hospital, from 0. */
  static DemoPeople of(int index) {
    String number = String.valueOf(index + 1);
    String physician = index < PHYSICIANS.size() ? PHYSICIANS.get(index) : "dr-" + number;
    return new DemoPeople(
        user("admin-" + number, "ADMIN"),
        user(physician, "PHYSICIAN"),
        user("it-" + number, "OPERATOR"),
        user("audit-" + number, "AUDITOR"));
  }

  List<DemoUser> all() {
    return List.of(admin, physician, operator, auditor);
  }

  /** Everybody but the first administrator registers and is approved by that administrator. */
  void register(AdminClient nobody) {
    for (DemoUser user : List.of(physician, operator, auditor)) {
      nobody
          .post("/api/v1/auth/register", Map.of("login", user.login(), "password", user.password()))
          .expect(200, 201, 202);
    }
    AdminClient administrator = nobody.login(admin.login(), admin.password());
    for (DemoUser user : List.of(physician, operator, auditor)) {
      administrator
          .post(
              "/api/v1/users/" + idOf(administrator, user) + "/approve",
              Map.of("roles", user.roles()))
          .expect(200, 204);
    }
  }

  private static String idOf(AdminClient administrator, DemoUser user) {
    for (var listed : administrator.get("/api/v1/users").expect(200).json().path("users")) {
      if (listed.path("login").asText().equals(user.login())) {
        return listed.path("id").asText();
      }
    }
    throw new DemoFailure("user " + user.login() + " registered but is not listed");
  }

  private static DemoUser user(String login, String role) {
    return new DemoUser(login, List.of(role), new String(Passphrase.generate()));
  }
}
