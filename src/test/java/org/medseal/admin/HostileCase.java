package org.medseal.admin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.Role;

/**
 * A hospital that looks up as often as it is asked, and whoever may make a call of the document.
 */
abstract class HostileCase {
  static final OpenApi API = OpenApi.load();
  static final RequestSamples SAMPLES = new RequestSamples(API);
  static final AdminLimits WIDE =
      new AdminLimits(
          256 << 10, 1_000_000, 1_000_000, Duration.ofSeconds(20), AdminLimits.defaults().terms());

  static @TempDir Path folder;
  static TestConsortium consortium;
  static TestHospital hospital;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder, WIDE);
    for (Role role : List.of(Role.ADMIN, Role.PHYSICIAN, Role.OPERATOR, Role.AUDITOR)) {
      hospital.has(login(role), role);
    }
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  static String login(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** Of whoever may make the call, in a session that goes on. */
  static String token(OpenApi.Operation call) throws Exception {
    if (call.allowsNobody()) {
      return "";
    }
    String login =
        login(Arrays.stream(Role.values()).filter(call::allows).findFirst().orElseThrow());
    if (hospital.get(login, "/me").status() == 401) {
      hospital.logsIn(login);
    }
    return hospital.token(login);
  }
}
