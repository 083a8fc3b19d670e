package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;
import org.medseal.connectors.message.StoreFixture;
import org.medseal.connectors.record.RecordContent;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.model.RecordTransaction;

/** The shipped route files in a CamelContext, from the wire to the ledger. */
class RoutesTest {
  private static final String CANARY = "Zwackelmannsdottir";
  private static final MessageLimits ROOM = new MessageLimits(1 << 20, 1000, 1 << 28, 1000);
  private static final MessageLimits FULL = new MessageLimits(1 << 20, 1, 1 << 28, 1000);
  private static final String ADT =
      "MSH|^~\\&|HIS|HARBORVIEW|MEDSEAL|HARBORVIEW|20260312093015||ADT^A01^ADT_A01|%s|P|2.5.1\r"
          + "EVN|A01|20260312093000\r"
          + "PID|1||%s^^^HOSP1^MR||"
          + CANARY
          + "^Ronja||19570314|F\r"
          + "PV1|1|I|4EAST\r";

  @TempDir Path home;

  @Test
  void anAcknowledgedMessageOverMllpEndsOnTheLedgerAndOpensForTheCustodian() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml", "pipeline.yaml");
      assertThat(hospital.mllp(adt("c1", "778899"))).contains("\rMSA|AA|c1\r");
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 1);
      CommittedTransaction committed = hospital.ledger.all().get(0);
      RecordTransaction record = (RecordTransaction) committed.transaction();
      RecordContent content = hospital.consortium.open(record);
      assertThat(content.mediaType()).isEqualTo("application/hl7-v2");
      assertThat(new String(content.content(), StandardCharsets.UTF_8))
          .startsWith("MSH|")
          .doesNotContain(CANARY);
      assertThat(content.sequence()).isEqualTo(1);
      MessageView view = hospital.store.list(Optional.empty(), 10, Optional.empty()).get(0);
      assertThat(view.records().get(0).txId()).isEqualTo(committed.id().hex());
      assertThat(hospital.patients.patientOf(committed.id())).hasSize(1);
    }
  }

  @Test
  void theSameMessageTwiceIsAcknowledgedTwiceAndStoredOnce() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AA|c1");
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AA|c1");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
      assertThat(hospital.mllp(adt("c1", "2"))).contains("MSA|AA|c1");
      assertThat(hospital.store.list(Optional.empty(), 10, Optional.empty()))
          .extracting(MessageView::conflict)
          .containsExactlyInAnyOrder(false, true);
    }
  }

  @Test
  void aFullInboxIsAnsweredAeAndStoresNothing() throws Exception {
    try (Hospital hospital = new Hospital(home, FULL)) {
      hospital.start("feeds/mllp.yaml");
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AA|c1");
      assertThat(hospital.mllp(adt("c2", "2"))).contains("MSA|AE|c2");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
    }
  }

  @Test
  void aFailedDiskIsAnsweredAe() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      hospital.store.close();
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AE|c1");
    }
  }

  @Test
  void aDeadLetterChannelCannotAnswerAa() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              errorHandler(deadLetterChannel("log:dead?showAll=false"));
              from("netty:tcp://127.0.0.1:0?decoders=#mllpDecoder&encoders=#mllpEncoder&sync=true")
                  .to("inbox:mllp?format=HL7V2")
                  .process("#mllpAnswer");
            }
          });
      hospital.start();
      hospital.store.close();
      assertThat(hospital.mllp(adt("c1", "1"))).isEmpty();
    }
  }

  @Test
  void anUnreadableFrameIsKeptQuarantinedAndAnswered() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      assertThat(hospital.mllp(Hospital.bytes("PID|1||no head\r"))).contains("MSA|AR");
      assertThat(hospital.mllp(Hospital.bytes("MSH|^~\\&|A|B\r"))).contains("MSA|AR");
      String unframed = new String(adt("c7", "1"), StandardCharsets.US_ASCII);
      assertThat(hospital.line(Hospital.bytes(unframed))).contains("MSA|AR|c7");
      assertThat(hospital.store.list(Optional.of(MessageState.QUARANTINED), 10, Optional.empty()))
          .hasSize(3)
          .allSatisfy(m -> assertThat(m.reason()).contains(QuarantineReason.UNPARSABLE));
    }
  }

  @Test
  void droppedFilesGiveAReceiptPerMessageAndAreDeletedAfterwards() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/hl7-folder.yaml", "feeds/fhir-folder.yaml", "pipeline.yaml");
      byte[] one = adt("1", "1");
      byte[] two = adt("2", "2");
      drop("hl7", CANARY + ".hl7", concat(one, Hospital.bytes("\r\n"), two));
      drop("fhir", CANARY + ".json", Hospital.sample("fhir/observation-blood-pressure.json"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 3);
      awaitTrue(() -> isEmpty(home.resolve("drop/hl7")) && isEmpty(home.resolve("drop/fhir")));
      assertThat(hospital.ledger.all()).hasSize(3);
    }
  }

  @Test
  void filesInNestedFoldersAreTakenAndAnEmptyOneIsQuarantined() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/hl7-folder.yaml", "feeds/fhir-folder.yaml", "feeds/dicom-folder.yaml");
      drop("hl7", "empty.hl7", new byte[0]);
      drop("fhir", "empty.json", new byte[0]);
      drop("dicom", "empty.dcm", new byte[0]);
      drop("hl7", "a/b/one.hl7", adt("1", "1"));
      drop("fhir", "a/b/one.json", patient("2"));
      drop("dicom", "STUDY/SERIES/IMG1", Hospital.sample("dicom/ct-head.dcm"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.RECEIVED) == 3);
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 3);
      awaitTrue(() -> isEmpty(home.resolve("drop")));
      assertThat(hospital.store.list(Optional.of(MessageState.QUARANTINED), 10, Optional.empty()))
          .allSatisfy(m -> assertThat(m.reason()).contains(QuarantineReason.UNPARSABLE));
    }
  }

  @Test
  void noFolderWritesOrLooksForMarkersNamedAfterFiles() throws Exception {
    try (LogCapture log = LogCapture.open();
        Hospital hospital = new Hospital(home, ROOM)) {
      for (String folder : List.of("hl7", "fhir", "dicom")) {
        drop(folder, CANARY + ".x.camelLock", Hospital.bytes(""));
      }
      hospital.start("feeds/hl7-folder.yaml", "feeds/fhir-folder.yaml", "feeds/dicom-folder.yaml");
      drop("hl7", CANARY + ".hl7", adt("1", "1"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.RECEIVED) == 1);
      assertThat(log.text()).doesNotContain(CANARY);
      assertThat(hospital.camel.getEndpoints().stream().filter(FileEndpoint.class::isInstance))
          .hasSize(3)
          .allSatisfy(e -> assertThat(((FileEndpoint) e).isReadLockMarkerFile()).isFalse());
    }
  }

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
  void whatThrowsAtEveryAttemptIsKeptBackAndTheWorkerGoesOn() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("inbox:any?workers=1&retryMs=20")
                  .process(
                      exchange -> {
                        throw new StackOverflowError("of the test");
                      });
            }
          });
      // an Error out of a lambda stays in flight for Camel
      hospital.camel.getShutdownStrategy().setTimeout(1);
      hospital.start("feeds/mllp.yaml");
      hospital.mllp(adt("c1", "1"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 1);
      MessageView kept = hospital.store.list(Optional.empty(), 1, Optional.empty()).get(0);
      assertThat(kept.reason()).contains(QuarantineReason.RULE_ERROR);
      assertThat(kept.place()).contains("pipeline");
    }
  }

  @Test
  void aFileStaysWhileTheInboxIsFull() throws Exception {
    try (LogCapture log = LogCapture.open();
        Hospital hospital = new Hospital(home, FULL)) {
      hospital.start("feeds/hl7-folder.yaml");
      drop("hl7", CANARY + ".hl7", concat(adt("1", "1"), adt("2", "2")));
      awaitTrue(() -> log.text().contains("BackPressureException"));
      assertThat(home.resolve("drop/hl7/" + CANARY + ".hl7")).exists();
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
      assertThat(log.text()).doesNotContain(CANARY);
    }
  }

  @Test
  void aFileThatIsNoHl7IsQuarantinedInTheInbox() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/hl7-folder.yaml");
      drop("hl7", "scan.pdf", Hospital.bytes("%PDF-1.7 not a message"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 1);
      String id = hospital.store.list(Optional.empty(), 1, Optional.empty()).get(0).id();
      assertThat(hospital.store.raw(id)).isEqualTo(Hospital.bytes("%PDF-1.7 not a message"));
      assertThat(hospital.store.sourceLabel(id)).contains("scan.pdf");
    }
  }

  @Test
  void fhirPushAnswersInFhirsTerms() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/fhir-push.yaml", "pipeline.yaml");
      byte[] observation = Hospital.sample("fhir/observation-blood-pressure.json");
      HttpResponse<String> created = post(hospital, "/Observation", observation);
      assertThat(created.statusCode()).isEqualTo(201);
      assertThat(created.body()).contains("\"OperationOutcome\"");
      assertThat(post(hospital, "/Observation", observation).statusCode()).isEqualTo(200);
      HttpResponse<String> broken = post(hospital, "/Patient", Hospital.bytes("{\"resource"));
      assertThat(broken.statusCode()).isEqualTo(400);
      assertThat(broken.body()).contains("OperationOutcome").doesNotContain("Exception");
      HttpResponse<String> metadata =
          send(HttpRequest.newBuilder(URI.create(hospital.fhirBase() + "/metadata")).GET());
      assertThat(metadata.body()).contains("\"CapabilityStatement\"").contains("4.0.1");
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 1);
      assertThat(hospital.store.counts().get(MessageState.QUARANTINED)).isEqualTo(1);
    }
  }

  @Test
  void aTransactionBundleGetsATransactionResponse() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/fhir-push.yaml");
      HttpResponse<String> answer =
          post(
              hospital,
              "",
              Hospital.bytes(
                  "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
                      + "{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"POST\",\"url\":"
                      + "\"Patient\"}}]}"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("transaction-response").contains("201 Created");
    }
  }

  @Test
  void aFullInboxIsAnswered429WithRetryAfter() throws Exception {
    try (Hospital hospital = new Hospital(home, FULL)) {
      hospital.start("feeds/fhir-push.yaml");
      byte[] observation = Hospital.sample("fhir/observation-blood-pressure.json");
      assertThat(post(hospital, "/Observation", observation).statusCode()).isEqualTo(201);
      HttpResponse<String> second =
          post(hospital, "/Bundle", Hospital.sample("fhir/bundle-inpatient.json"));
      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void aFailedDiskIsAnswered503WhateverHeadersTheClientSends() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/fhir-push.yaml");
      hospital.store.close();
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(hospital.fhirBase() + "/Patient"))
                  .header("MedSealReceipt", "x")
                  .header("MedSealMessageId", "x")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Patient\"}")));
      assertThat(answer.statusCode()).isEqualTo(503);
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
        assertThat(hospital.ledger.sent()).allSatisfy(RoutesTest::assertClean);
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

  private static byte[] patient(String id) {
    return Hospital.bytes(
        "{\"resourceType\":\"Patient\",\"id\":\"x\",\"identifier\":[{\"system\":"
            + "\"urn:medseal:demo:hospital-1\",\"value\":\""
            + id
            + "\"}],\"name\":[{\"family\":\""
            + CANARY
            + "\"}]}");
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

  private static byte[] adt(String controlId, String patient) {
    return Hospital.bytes(String.format(ADT, controlId, patient));
  }

  private void drop(String folder, String name, byte[] content) throws IOException {
    Path file = home.resolve("drop").resolve(folder).resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.noneMatch(Files::isRegularFile);
    }
  }

  private static HttpResponse<String> post(Hospital hospital, String path, byte[] body)
      throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(hospital.fhirBase() + path))
            .header("Content-Type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void awaitTrue(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }
}
