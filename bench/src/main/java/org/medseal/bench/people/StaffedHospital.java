package org.medseal.bench.people;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.bench.intake.OneHospital;
import org.medseal.client.AdminClient;
import org.medseal.demo.MllpClient;
import org.medseal.demo.Poll;
import org.medseal.users.Role;
import org.medseal.users.UserStore;

/** A consortium of one in a process of its own, with many physicians. */
final class StaffedHospital implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final int HIGH_WATER = 1_000;
  private static final String PASSWORD = "a password of the bench ";
  private static final String MESSAGE =
      """
      MSH|^~\\&|LAB|A|EHR|A|20260401||ADT^A01|B1|P|2.5.1
      PID|1||987654320^^^USSSA^SS||Bench^Patient||19700101|F
      """
          .replace('\n', '\r');

  private final OneHospital hospital;

  private StaffedHospital(OneHospital hospital) {
    this.hospital = hospital;
  }

  /** With that many physicians, and one who sees the messages; returns when it is ready. */
  static StaffedHospital start(Path folder, int physicians) throws IOException {
    OneHospital hospital = OneHospital.found(folder, HIGH_WATER);
    try (UserStore users = UserStore.open(hospital.home().people())) {
      users.createFirstAdmin("it", PASSWORD, Set.of(Role.ADMIN, Role.OPERATOR));
      for (int i = 0; i < physicians; i++) {
        users.register("dr-" + i, PASSWORD + i, "");
        users.approve(users.findByLogin("dr-" + i).orElseThrow().id(), Set.of(Role.PHYSICIAN));
      }
    }
    hospital.start();
    return new StaffedHospital(hospital);
  }

  /** Sends a message; the id of its record, once committed. */
  String record() throws IOException {
    try (MllpClient client = new MllpClient(hospital.mllpPort(), SOON)) {
      client.send(MESSAGE.getBytes(StandardCharsets.US_ASCII));
    }
    AdminClient operator = hospital.nobody().login("it", PASSWORD);
    return Poll.until("the record being committed", SOON, () -> committed(operator));
  }

  private static Optional<String> committed(AdminClient operator) {
    JsonNode messages = operator.get("/api/v1/messages").expect(200).json().path("messages");
    String state = messages.path(0).path("state").asText();
    if (state.equals("QUARANTINED") || state.equals("FAILED")) {
      throw new IllegalStateException("the message became " + messages.get(0));
    }
    return state.equals("COMMITTED")
        ? Optional.of(messages.path(0).path("records").path(0).path("txId").asText())
        : Optional.empty();
  }

  /** A physician, signed in, who has asked for the record. */
  AdminClient askingUser(int number, String record) {
    AdminClient user = hospital.nobody().login("dr-" + number, PASSWORD + number);
    user.post(
            "/api/v1/requests",
            Map.of("txIds", List.of(record), "purpose", "TREATMENT", "justification", "polling"))
        .expect(201, 202);
    return user;
  }

  @Override
  public void close() {
    hospital.close();
  }
}
