package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.message.MessageState;

class FhirPushRouteTest extends RouteCase {
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
}
