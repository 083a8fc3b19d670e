package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.app.Instance;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditTrail;
import org.medseal.cli.HomeForVerbs.Said;
import org.medseal.users.Role;
import org.medseal.users.UserStore;

/** {@code medseal user}, with the node running and at rest. */
class UserVerbsTest {
  private static final String NEXT = "the next long password";
  @TempDir private Path folder;

  /** Nobody can log in to issue one: whoever may read the home is who helps. */
  @Test
  void theOnlyAdministratorIsRecoveredAtRestAndTheTrailSaysSo() throws IOException {
    HomeForVerbs hospital = new HomeForVerbs(folder);
    Said said = hospital.at("user", "recovery-code", "chief", "--remove-totp");
    assertThat(said.exit()).as(said.err()).isZero();
    String code = said.json().path("code").asText();
    try (UserStore users = UserStore.open(hospital.home.people())) {
      assertThat(users.recover(code, NEXT).login()).isEqualTo("chief");
      assertThat(users.authenticate("chief", NEXT).is(Role.ADMIN)).isTrue();
    }
    try (AuditTrail trail = AuditTrail.open(hospital.home.audit())) {
      byte[] bundle = new AuditEvents(trail, "h", "/audit").bundle(0, 10);
      assertThat(new String(bundle, StandardCharsets.UTF_8))
          .contains("recovery-code", "os:" + System.getProperty("user.name"))
          .doesNotContain(code);
    }
  }

  @Test
  void usersAreListedDisabledAndEnabledAtRest() throws IOException {
    HomeForVerbs hospital = new HomeForVerbs(folder);
    try (UserStore users = UserStore.open(hospital.home.people())) {
      users.register("dr-li", NEXT, "");
      users.approve(users.findByLogin("dr-li").orElseThrow().id(), Set.of(Role.PHYSICIAN));
    }
    assertThat(hospital.at("user", "list").json().path("users")).hasSize(2);
    assertThat(hospital.at("user", "disable", "dr-li").json().path("state").asText())
        .isEqualTo("DISABLED");
    JsonNode enabled = hospital.at("user", "enable", "dr-li").json();
    assertThat(enabled.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(enabled.path("roles").toString()).contains("PHYSICIAN");
    Said unknown = hospital.at("user", "enable", "nobody");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("nobody has the login nobody");
    assertThat(hospital.at("user", "disable", "chief").err()).contains("last active");
  }

  @Test
  void aRunningNodeIsAskedAsAnAdministrator() throws IOException {
    HomeForVerbs hospital = new HomeForVerbs(folder);
    try (Instance running = hospital.start()) {
      assertThat(running.describe()).isNotEmpty();
      hospital.has("dr-li", "PHYSICIAN");
      Said listed = hospital.as("chief", "user", "list", "--role", "PHYSICIAN");
      assertThat(listed.json().path("users").path(0).path("login").asText()).isEqualTo("dr-li");
      assertThat(hospital.as("chief", "user", "end-sessions", "dr-li").json().path("ended").asInt())
          .isZero();
      String code =
          hospital.as("chief", "user", "recovery-code", "dr-li").json().path("code").asText();
      assertThat(code).matches("([A-Z2-7]{4}-){5}[A-Z2-7]{4}");
      assertThat(hospital.as("dr-li", "user", "list").exit())
          .as("not an administrator")
          .isEqualTo(1);
      Said atRest = hospital.at("user", "disable", "dr-li");
      assertThat(atRest.exit()).as("while it runs").isEqualTo(1);
      assertThat(hospital.as("dr-li", "user", "list").err()).contains("roles");
    }
  }
}
