package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.InstitutionLedger;
import org.medseal.users.Role;
import org.medseal.users.UserStore;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The table of openapi/medseal.yaml against the running endpoint: every call by everybody. */
class AccessMatrixTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final String HASH = "ab".repeat(32);
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;

  /** A row of the table. */
  record Documented(String method, String path, Set<String> roles) {
    String concrete() {
      String base = path.startsWith("/observe") ? path : "/api/v1" + path;
      boolean hash =
          path.startsWith("/records")
              || path.startsWith("/requests")
              || path.startsWith("/traces")
              || path.startsWith("/ledger/governance");
      return base.replace("{txId}", HASH)
          .replace("{id}", hash ? HASH : "nobody")
          .replace("{h}", "999");
    }

    boolean allows(Role role) {
      return roles.contains(role.name())
          || roles.contains("ANY")
          || roles.contains("ANYONE")
          || roles.contains("LOCAL");
    }

    boolean allowsNobody() {
      return roles.contains("ANYONE") || roles.contains("LOCAL");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
    hospital.has("admin", Role.ADMIN);
    hospital.has("physician", Role.PHYSICIAN);
    hospital.has("operator", Role.OPERATOR);
    hospital.has("auditor", Role.AUDITOR);
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  @Test
  void everyCallIsDocumentedAndEveryDocumentedCallExists() throws Exception {
    Set<String> documented = new TreeSet<>();
    table().forEach(row -> documented.add(row.method() + " " + row.path()));
    Set<String> served = new TreeSet<>();
    calls().forEach(call -> served.add(call.method() + " " + call.path()));
    assertThat(documented).isEqualTo(served).hasSizeGreaterThan(30);
  }

  @Test
  void theDocumentNamesTheRolesTheCallsAskFor() throws Exception {
    for (Documented row : table()) {
      Call call =
          calls().stream()
              .filter(each -> each.method().equals(row.method()) && each.path().equals(row.path()))
              .findFirst()
              .orElseThrow();
      assertThat(names(call.access())).as(row.toString()).isEqualTo(row.roles());
    }
  }

  @Test
  void everyRoleGetsExactlyWhatTheTableAllows() throws Exception {
    for (Documented row : table()) {
      if (row.path().equals("/auth/logout")) {
        continue;
      }
      for (Role role : Role.values()) {
        String token = hospital.token(role.name().toLowerCase(Locale.ROOT));
        TestHospital.Reply reply = hospital.call(token, row.method(), row.concrete(), body(row));
        if (row.allows(role)) {
          assertThat(reply.status()).as(role + " " + row + reply.text()).isNotIn(401, 403, 500);
        } else {
          assertThat(reply.status()).as(role + " " + row).isEqualTo(403);
          assertThat(reply.problem()).isEqualTo("not-allowed");
        }
      }
    }
  }

  @Test
  void nobodyGetsOnlyWhatNeedsNoLogin() throws Exception {
    for (Documented row : table()) {
      for (String token : List.of("", "x".repeat(43))) {
        TestHospital.Reply reply = hospital.call(token, row.method(), row.concrete(), body(row));
        if (row.allowsNobody()) {
          assertThat(reply.status()).as(row.toString()).isNotIn(401, 403, 500);
        } else {
          assertThat(reply.status()).as(row.toString()).isEqualTo(401);
          assertThat(reply.response().headers().firstValue("WWW-Authenticate")).isPresent();
        }
      }
    }
  }

  @Test
  void aLogoutEndsTheSession() throws Exception {
    String token =
        hospital.login("operator", TestHospital.password("operator")).json().path("token").asText();
    assertThat(hospital.call(token, "GET", "/api/v1/me", "").status()).isEqualTo(200);
    assertThat(hospital.call(token, "POST", "/api/v1/auth/logout", "").status()).isEqualTo(204);
    assertThat(hospital.call(token, "GET", "/api/v1/me", "").status()).isEqualTo(401);
  }

  /** Never a valid one, so that the matrix changes nothing; the login is tested elsewhere. */
  private static String body(Documented row) {
    return row.method().equals("GET") ? "" : "{}";
  }

  private static List<Call> calls() throws Exception {
    try (UserStore users = UserStore.open(folder.resolve("calls-" + System.nanoTime()))) {
      AdminServices.People people =
          new AdminServices.People(users, hospital.audit, folder.resolve("keys"));
      return Calls.all(
          new AdminServices(
              consortium.ledger("hospital-1"),
              new ActingKeys(
                  consortium.secrets.get("hospital-1").signing(),
                  consortium.secrets.get("hospital-1").grant(),
                  List.of(consortium.consortiumKey),
                  consortium.secrets.get("hospital-1").local()),
              new AdminServices.Patients(
                  IdentifierAuthorities.load(Path.of("config/identifiers.yaml")),
                  identifier -> List.of()),
              new AdminServices.Intake(hospital.messages, null, null, hospital.watch),
              people),
          AdminLimits.defaults(),
          new InstitutionLedger(consortium.ledger("hospital-1"), null, Duration.ZERO),
          session -> {});
    }
  }

  private static Set<String> names(Access access) {
    Set<String> names = new LinkedHashSet<>();
    if (access instanceof Access.AnyOf anyOf) {
      anyOf.roles().forEach(role -> names.add(role.name()));
    } else if (access instanceof Access.LoggedIn) {
      names.add("ANY");
    } else {
      names.add(access instanceof Access.Everybody ? "ANYONE" : "LOCAL");
    }
    return names;
  }

  @SuppressWarnings("unchecked")
  private static List<Documented> table() throws Exception {
    List<Documented> rows = new ArrayList<>();
    try (InputStream in = AccessMatrixTest.class.getResourceAsStream(Calls.OPENAPI)) {
      Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      Map<String, Map<String, Object>> paths = (Map<String, Map<String, Object>>) root.get("paths");
      paths.forEach(
          (path, operations) ->
              operations.forEach(
                  (method, operation) -> {
                    if (METHODS.contains(method)) {
                      Map<String, Object> fields = (Map<String, Object>) operation;
                      List<String> roles = (List<String>) fields.get("x-roles");
                      rows.add(
                          new Documented(method.toUpperCase(Locale.ROOT), path, Set.copyOf(roles)));
                    }
                  }));
    }
    return rows;
  }
}
