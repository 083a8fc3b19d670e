package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.TrueDatesByRules;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.InstitutionLedger;
import org.medseal.users.Role;
import org.medseal.users.UserStore;

/**
 * The table of openapi/medseal.yaml against the running endpoint: every call by everybody, with
 * requests made from the document.
 */
class AccessMatrixTest extends AtOneHospital {
  private static final OpenApi API = OpenApi.load();
  private static final RequestSamples SAMPLES = new RequestSamples(API);

  @Test
  void everyCallIsDocumentedAndEveryDocumentedCallExists() throws Exception {
    Set<String> documented = new TreeSet<>();
    API.operations().forEach(each -> documented.add(each.toString()));
    Set<String> served = new TreeSet<>();
    calls().forEach(call -> served.add(call.method() + " " + call.path()));
    assertThat(documented).isEqualTo(served).hasSizeGreaterThan(30);
    assertThat(API.operations()).extracting(OpenApi.Operation::id).doesNotHaveDuplicates();
  }

  @Test
  void theDocumentNamesTheRolesTheCallsAskFor() throws Exception {
    for (OpenApi.Operation row : API.operations()) {
      Call call =
          calls().stream()
              .filter(each -> each.method().equals(row.method()) && each.path().equals(row.path()))
              .findFirst()
              .orElseThrow();
      assertThat(names(call.access())).as(row.toString()).isEqualTo(row.roles());
      assertThat(row.node().has("security"))
          .as(row + ": security is said for exactly those calls that need no login")
          .isEqualTo(row.allowsNobody());
    }
  }

  @Test
  void everyRoleGetsExactlyWhatTheTableAllows() throws Exception {
    for (OpenApi.Operation row : API.operations()) {
      for (Role role : Role.values()) {
        TestHospital.Reply reply = call(token(role), row);
        if (row.allows(role)) {
          assertThat(reply.status()).as(role + " " + row + reply.text()).isNotEqualTo(500);
          assertThat(reply.problemIfAny())
              .as(role + " " + row)
              .isNotIn("not-allowed", "not-logged-in");
        } else {
          assertThat(reply.status()).as(role + " " + row).isEqualTo(403);
          assertThat(reply.problem()).isEqualTo("not-allowed");
        }
      }
    }
  }

  @Test
  void nobodyGetsOnlyWhatNeedsNoLogin() throws Exception {
    for (OpenApi.Operation row : API.operations()) {
      for (String token : List.of("", "x".repeat(43))) {
        TestHospital.Reply reply = call(token, row);
        if (row.allowsNobody()) {
          assertThat(reply.status()).as(row.toString()).isNotIn(403, 500);
          assertThat(reply.problemIfAny()).as(row.toString()).isNotEqualTo("not-logged-in");
        } else {
          assertThat(reply.status()).as(row.toString()).isEqualTo(401);
          assertThat(reply.problem()).as(row.toString()).isEqualTo("not-logged-in");
          assertThat(reply.response().headers().firstValue("WWW-Authenticate")).isPresent();
        }
      }
    }
  }

  @Test
  void whatTheDocumentRequiresIsRequired() throws Exception {
    for (OpenApi.Operation row : API.operations()) {
      if (row.bodySchema().isEmpty()) {
        continue;
      }
      for (JsonNode field : API.resolved(row.bodySchema().get()).path("required")) {
        ObjectNode body = (ObjectNode) Json.MAPPER.readTree(SAMPLES.body(row));
        body.remove(field.asText());
        assertRefused(row, body, "without " + field.asText());
      }
    }
  }

  @Test
  void fieldsTheDocumentDoesNotHaveAreRefused() throws Exception {
    for (OpenApi.Operation row : API.operations()) {
      boolean strict =
          row.bodySchema().isPresent()
              && !API.resolved(row.bodySchema().get()).path("additionalProperties").asBoolean(true);
      if (strict) {
        ObjectNode body = (ObjectNode) Json.MAPPER.readTree(SAMPLES.body(row));
        assertRefused(row, body.put("fieldNobodyKnows", "x"), "with an unknown field");
      } else if (row.bodySchema().isPresent()) {
        assertThat(row.id()).as("takes unknown fields").isEqualTo("register");
      }
    }
  }

  /** By whoever may make the call; that what it is about does not exist may be said first. */
  private static void assertRefused(OpenApi.Operation row, ObjectNode body, String why)
      throws Exception {
    String token =
        row.allowsNobody()
            ? ""
            : token(Arrays.stream(Role.values()).filter(row::allows).findFirst().orElseThrow());
    TestHospital.Reply reply =
        hospital.call(token, row.method(), SAMPLES.path(row), body.toString());
    assertThat(reply.status()).as(row + " " + why + " " + reply.text()).isIn(400, 404, 409);
  }

  private static TestHospital.Reply call(String token, OpenApi.Operation row) throws Exception {
    return hospital.call(token, row.method(), SAMPLES.path(row), SAMPLES.body(row));
  }

  /** Of a session that has not ended: some calls end the caller's. */
  private static String token(Role role) throws Exception {
    String login = role.name().toLowerCase(Locale.ROOT);
    if (hospital.get(login, "/me").status() == 401) {
      hospital.logsIn(login);
    }
    return hospital.token(login);
  }

  @Test
  void aLogoutEndsTheSession() throws Exception {
    String token =
        hospital.login("operator", TestHospital.password("operator")).json().path("token").asText();
    assertThat(hospital.call(token, "GET", "/api/v1/me", "").status()).isEqualTo(200);
    assertThat(hospital.call(token, "POST", "/api/v1/auth/logout", "").status()).isEqualTo(204);
    assertThat(hospital.call(token, "GET", "/api/v1/me", "").status()).isEqualTo(401);
  }

  private static List<Call> calls() throws Exception {
    return calls(consortium, hospital, folder);
  }

  /** All that a hospital's endpoint serves; not to be run. */
  static List<Call> calls(TestConsortium consortium, TestHospital hospital, Path folder)
      throws Exception {
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
                  consortium.secrets.get("hospital-1").local(),
                  consortium.secrets.get("hospital-1").member()),
              new AdminServices.Patients(
                  IdentifierAuthorities.load(Path.of("config/identifiers.yaml")),
                  identifier -> List.of(),
                  TrueDatesByRules.load(Path.of("config"))),
              new AdminServices.Intake(
                  hospital.messages, null, null, hospital.watch, hospital.series),
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
}
