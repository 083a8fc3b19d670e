package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.StoreFixture;

class PipelineRouteTest extends RouteCase {
  @Test
  void aMessageThatCannotBeReadIsKeptBackAndTheWorkerGoesOn() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      Properties oneWorker = new Properties();
      oneWorker.put("pipeline.workers", "1");
      hospital.camel.getPropertiesComponent().setOverrideProperties(oneWorker);
      hospital.start("feeds/mllp.yaml");
      hospital.mllp(adt("c1", "1"));
      hospital.mllp(adt("c2", "2"));
      StoreFixture.damageFirst(home.resolve("inbox"), "mllp");
      hospital.start("pipeline.yaml");
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 1);
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 1);
    }
  }

  @Test
  void nothingOfTheCanaryPatientIsOnDiskOrInTheLog() throws Exception {
    try (LogCapture log = LogCapture.open()) {
      try (Hospital hospital = new Hospital(home, ROOM)) {
        hospital.start(
            "feeds/mllp.yaml",
            "feeds/hl7-folder.yaml",
            "feeds/fhir-folder.yaml",
            "feeds/dicom-folder.yaml",
            "feeds/fhir-push.yaml",
            "pipeline.yaml");
        hospital.mllp(adt("m1", "41"));
        hospital.mllp(Hospital.bytes(CANARY + " without a head"));
        drop("hl7", CANARY + ".hl7", adt("f1", "42"));
        drop("hl7", CANARY + ".txt", Hospital.bytes("broken " + CANARY));
        drop("fhir", CANARY + ".json", patient("43"));
        drop("dicom", CANARY + "/" + CANARY + ".dcm", image());
        post(hospital, "/Patient", patient("44"));
        post(hospital, "/Patient", Hospital.bytes("{\"name\":\"" + CANARY));
        awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 5);
        awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 3);
        awaitTrue(() -> isEmpty(home.resolve("drop")));
        assertThat(hospital.ledger.sent()).allSatisfy(PipelineRouteTest::assertClean);
      }
      assertThat(log.text()).doesNotContain(CANARY);
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(file.toString()).doesNotContain(CANARY);
          assertClean(Files.readAllBytes(file));
        }
      }
    }
  }

  private static void assertClean(byte[] bytes) {
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
  }

  /** The sample with the canary's name in PatientName (0010,0010), explicit VR little endian. */
  private static byte[] image() throws IOException {
    byte[] sample = Hospital.sample("dicom/ct-head.dcm");
    String bytes = new String(sample, StandardCharsets.ISO_8859_1);
    int value = bytes.indexOf("\u0010\0\u0010\0PN") + 8;
    int end = value + (sample[value - 2] & 0xFF);
    String name = bytes.substring(0, value - 2) + (char) CANARY.length() + "\0" + CANARY;
    return (name + bytes.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
  }
}
