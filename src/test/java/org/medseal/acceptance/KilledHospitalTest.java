package org.medseal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.cli.MedSeal;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.MllpClient;
import org.medseal.demo.Poll;

/** kill -9 of one of four hospitals in the middle of 200 messages. */
class KilledHospitalTest {
  private static final int MESSAGES = 200;
  private static final int KILLED_AFTER = 80;
  private static final int BACK_AFTER = 150;
  private static final int KILLED = 3;
  private static final Duration SOON = Duration.ofSeconds(90);

  @Test
  void theOthersGoOnAndEveryAcknowledgedMessageIsCommittedExactlyOnceOnAllFour(@TempDir Path folder)
      throws IOException {
    List<DemoHospital> ended;
    try (Hospitals hospitals = Hospitals.start(folder, UnlistedAuthority.LOCAL)) {
      ended = hospitals.all();
      List<List<Integer>> acknowledged = List.of(ints(), ints(), ints(), ints());
      List<Integer> refused = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        if (i == KILLED_AFTER) {
          hospitals.hospital(KILLED).process().kill();
        }
        if (i == BACK_AFTER) {
          theOtherThreeHaveCommittedTheirs(hospitals, acknowledged);
          hospitals.hospital(KILLED).process().start();
          hospitals.hospital(KILLED).awaitReady();
        }
        int target = i % 4 + 1;
        if (send(hospitals.hospital(target), i)) {
          acknowledged.get(target - 1).add(i);
        } else {
          assertThat(target).as("only the killed hospital may not answer").isEqualTo(KILLED);
          refused.add(i);
        }
      }
      for (int i : refused) {
        assertThat(send(hospitals.hospital(KILLED), i)).isTrue();
        acknowledged.get(KILLED - 1).add(i);
      }
      allAreCommittedOnce(hospitals, acknowledged);
      assertThat(ledger("status", hospitals.hospital(KILLED))).isZero();
    }
    for (DemoHospital hospital : ended) {
      assertThat(ledger("verify", hospital)).as("replay of " + hospital.name()).isZero();
    }
  }

  private static int ledger(String verb, DemoHospital hospital) {
    String home = hospital.process().home().root().toString();
    return MedSeal.execute("ledger", verb, "--home", home, "--json");
  }

  private static void theOtherThreeHaveCommittedTheirs(
      Hospitals hospitals, List<List<Integer>> acknowledged) {
    for (int number : List.of(1, 2, 4)) {
      int sent = acknowledged.get(number - 1).size();
      assertThat(Hospitals.awaitSettled(hospitals.hospital(number), sent, SOON))
          .as(hospitals.hospital(number).name() + " without the killed one")
          .containsOnly(java.util.Map.entry("COMMITTED", sent));
    }
  }

  private static void allAreCommittedOnce(Hospitals hospitals, List<List<Integer>> acknowledged) {
    for (int number = 1; number <= 4; number++) {
      int sent = acknowledged.get(number - 1).size();
      assertThat(Hospitals.awaitSettled(hospitals.hospital(number), sent, SOON))
          .containsOnly(java.util.Map.entry("COMMITTED", sent));
    }
    List<String> reference = Hospitals.recordIds(hospitals.hospital(1));
    assertThat(reference).hasSize(MESSAGES);
    assertThat(new HashSet<>(reference)).hasSize(MESSAGES);
    for (DemoHospital hospital : hospitals.all()) {
      List<String> here =
          Poll.until(
              hospital.name() + " holding every record",
              SOON,
              () ->
                  Optional.of(Hospitals.recordIds(hospital)).filter(ids -> ids.size() >= MESSAGES));
      assertThat(here).as("order of records at " + hospital.name()).isEqualTo(reference);
    }
  }

  private static List<Integer> ints() {
    return new ArrayList<>();
  }

  private static boolean send(DemoHospital hospital, int number) {
    try (MllpClient client =
        new MllpClient(hospital.endpoints().mllp().port(), Duration.ofSeconds(20))) {
      return client.send(message(number)).equals("AA");
    } catch (IOException notAnswered) {
      return false;
    }
  }

  private static byte[] message(int number) {
    return """
        MSH|^~\\&|LAB|SOMEWHERE|MEDSEAL|SOMEWHERE|20260401101500||ORU^R01^ORU_R01|K%1$05d|P|2.5.1
        PID|1||%2$d^^^^MR||Testperson^Number||19700101|M
        OBR|1|||718-7^Hemoglobin [Mass/volume] in Blood^LN|||20260401100000
        OBX|1|NM|718-7^Hemoglobin [Mass/volume] in Blood^LN||13.%1$d|g/dL^^UCUM|||||F
        """
        .formatted(number, 700_000 + number % 17)
        .replace('\n', '\r')
        .getBytes(StandardCharsets.US_ASCII);
  }
}
