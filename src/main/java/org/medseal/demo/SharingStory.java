package org.medseal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.client.AdminClient;
import org.medseal.demo.DemoReport.DemoTransaction;

/**
 * A physician elsewhere finds a patient's records, asks, is granted, reads; then two institutions
 * trace a signer.
 */
final class SharingStory {
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);
  private static final Map<String, String> PATIENT =
      Map.of("authority", "2.16.840.1.113883.4.1", "type", "SS", "id", "987-65-4320");
  private static final Map<String, String> SOMEBODY_ELSE =
      Map.of("authority", "2.16.840.1.113883.4.1", "type", "SS", "id", "987-65-4329");

  private final DemoReport report;
  private final LeakSearch identities;
  private final DemoHospital custodian;
  private final DemoHospital asking;
  private final List<String> found = new ArrayList<>();
  private String requestId = "";

  SharingStory(DemoConsortium consortium, DemoReport report, LeakSearch identities) {
    this.report = report;
    this.identities = identities;
    this.custodian = consortium.hospital(1);
    this.asking = consortium.hospital(2);
  }

  String search() {
    JsonNode records =
        asking.asPhysician().get("/api/v1/records", PATIENT).expect(200).json().path("records");
    records.forEach(record -> found.add(record.path("txId").asText()));
    if (found.isEmpty()) {
      throw new DemoFailure("no record of the samples' patient was found at " + asking.name());
    }
    return "%d records of one patient found at %s".formatted(found.size(), asking.name());
  }

  String verify() {
    if (!belongs(PATIENT) || belongs(SOMEBODY_ELSE)) {
      throw new DemoFailure("the record is not told apart from another patient's");
    }
    return "yes for the patient's identifier, no for another one";
  }

  private boolean belongs(Map<String, String> patient) {
    return asking
        .asPhysician()
        .post("/api/v1/records/" + found.get(0) + "/verify", patient)
        .expect(200)
        .json()
        .path("belongs")
        .asBoolean();
  }

  String request() {
    requestId =
        asking
            .asPhysician()
            .post(
                "/api/v1/requests",
                Map.of(
                    "txIds", found,
                    "purpose", "TREATMENT",
                    "justification", "Admitted to our cardiology ward."))
            .expect(200, 201)
            .json()
            .path("id")
            .asText();
    return "%d records asked for by %s".formatted(found.size(), asking.name());
  }

  String approve() {
    AdminClient administrator = custodian.asAdmin();
    Poll.until("the request reaching " + custodian.name(), SEEN_WITHIN, () -> state(administrator));
    administrator
        .post("/api/v1/requests/" + requestId + "/approve", Map.of("reply", "For this admission."))
        .expect(200, 201, 204);
    return "data keys re-wrapped for " + asking.name();
  }

  private Optional<String> state(AdminClient reader) {
    AdminClient.Answer answer = reader.get("/api/v1/requests/" + requestId);
    return answer.status() == 200
        ? Optional.of(answer.json().path("state").asText())
        : Optional.empty();
  }

  String open() {
    AdminClient physician = asking.asPhysician();
    Poll.until(
        "the decision reaching " + asking.name(),
        SEEN_WITHIN,
        () -> state(physician).filter("APPROVED"::equals));
    long bytes = 0;
    for (String txId : found) {
      AdminClient.Answer record =
          physician.get("/api/v1/requests/" + requestId + "/records/" + txId).expect(200);
      requireReadable(record, txId);
      bytes += record.body().length;
    }
    return "%d records decrypted at %s, %d bytes, no identity in them"
        .formatted(found.size(), asking.name(), bytes);
  }

  private void requireReadable(AdminClient.Answer record, String txId) {
    String format =
        report.transactions().stream()
            .filter(t -> t.txId().equals(txId))
            .map(DemoTransaction::format)
            .findFirst()
            .orElseThrow(() -> new DemoFailure("a record was found that was never sent"));
    String text = new String(record.body(), StandardCharsets.UTF_8);
    boolean asExpected =
        switch (format) {
          case "HL7V2" ->
              record.contentType().startsWith("application/hl7-v2") && text.startsWith("MSH");
          case "FHIR" ->
              record.contentType().startsWith("application/fhir+json")
                  && text.contains("resourceType");
          default ->
              record.contentType().startsWith("application/dicom") && text.startsWith("DICM", 128);
        };
    if (!asExpected || identities.holds(record.body())) {
      throw new DemoFailure("a decrypted " + format + " record is not what it should be");
    }
  }

  String trace() {
    DemoTransaction traced = report.transactions().get(0);
    DemoHospital second = asking;
    String traceId =
        custodian
            .asAdmin()
            .post(
                "/api/v1/traces",
                Map.of("txId", traced.txId(), "justification", "Suspected wrong patient."))
            .expect(200, 201)
            .json()
            .path("id")
            .asText();
    custodian.asAdmin().post(approval(traceId), Map.of()).expect(200, 201, 204);
    AdminClient opener = second.asAdmin();
    Poll.until(
        "the trace reaching " + second.name(),
        SEEN_WITHIN,
        () -> Optional.of(opener.get("/api/v1/traces/" + traceId).status()).filter(s -> s == 200));
    opener.post(approval(traceId), Map.of()).expect(200, 201, 204);
    AdminClient reader = custodian.asAdmin();
    JsonNode result =
        Poll.until(
            "the trace's result",
            SEEN_WITHIN,
            () ->
                Optional.of(reader.get("/api/v1/traces/" + traceId).expect(200).json())
                    .filter(t -> t.path("state").asText().equals("COMPLETED"))
                    .map(t -> t.path("result")));
    String named = result.path("institution").asText();
    if (!named.equals(traced.hospital()) || !result.path("judged").asBoolean()) {
      throw new DemoFailure("the trace named " + named + ", not " + traced.hospital());
    }
    return "two institutions approved, %s named and the proof judged in public".formatted(named);
  }

  private static String approval(String traceId) {
    return "/api/v1/traces/" + traceId + "/approve";
  }
}
