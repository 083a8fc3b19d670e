package org.medseal.admin;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.Role;

/**
 * A hospital on its own, with a user of each role who is named after it and looks up as often as it
 * takes.
 */
abstract class AtOneHospital {
  private static final AdminLimits WIDE =
      new AdminLimits(
          AdminLimits.defaults().bodyBytes(),
          1_000_000,
          1_000_000,
          AdminLimits.defaults().commitWait(),
          AdminLimits.defaults().terms());

  static @TempDir Path folder;
  static TestConsortium consortium;
  static TestHospital hospital;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder, WIDE);
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
}
