package org.medseal.connectors.fhirpush;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.Receipt;

class FhirPushTest {
  private static final String JSON = "application/fhir+json";
  private static final Receipt NEW = new Receipt("0a", Receipt.Status.NEW);
  private final FhirPush push = new FhirPush(10_000);

  @ParameterizedTest
  @CsvSource({
    "DELETE,/Patient/1,405",
    "GET,/Patient/1,405",
    "PATCH,/Patient/1,405",
    "PUT,/Patient,405",
    "POST,/Patient/1,405",
    "POST,/Observation,400",
    "PUT,/Patient/2,400"
  })
  void whatCannotBeDoneIsRefusedAndNotStored(String method, String path, int status) {
    FhirResponse answer =
        answered(push.examine(request(method, path, JSON, "{\"resourceType\":\"Patient\"}")));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(outcome(answer).getIssue()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "application/fhir+json; fhirVersion=5.0,415",
    "application/fhir+json; fhirVersion=3.0,415",
    "application/fhir+json; charset=iso-8859-1,415",
    "application/pdf,415",
    "multipart/form-data; boundary=x,415"
  })
  void otherVersionsAndMediaTypesAreRefused(String contentType, int status) {
    FhirResponse answer =
        answered(
            push.examine(request("POST", "/Patient", contentType, "{\"resourceType\":\"x\"}")));
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void aSingleResourceMayBePostedToTheBase() {
    assertThat(stored("POST", "/", JSON, "{\"resourceType\":\"Patient\"}")).isEqualTo(201);
  }

  @Test
  void jsonAndXmlAreTakenWhateverTheyAreCalled() {
    String xml = "<?xml version='1.0'?><Patient xmlns=\"http://hl7.org/fhir\"/>";
    assertThat(stored("POST", "/Patient", "text/plain", "{\"resourceType\":\"Patient\"}"))
        .isEqualTo(201);
    assertThat(stored("POST", "/Patient", JSON, xml)).isEqualTo(201);
    assertThat(stored("POST", "/Patient", "application/fhir+json; fhirVersion=4.0", xml))
        .isEqualTo(201);
    assertThat(stored("PUT", "/Patient/7", JSON, "{\"resourceType\":\"Patient\",\"id\":\"7\"}"))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{\"resourceType\":\"Patient\"",
        "{\"resourceType\":\"Patient\"} x",
        "{\"resourceType\":\"Patient\",\"resourceType\":\"Patient\"}",
        "[]",
        "{}",
        "hello",
        "<Patient xmlns=\"http://hl7.org/fhir\">",
        "<Patient/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
            + "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&b;\"/></Patient>"
      })
  void aBrokenBodyIsStoredToBeQuarantinedAndAnswered400(String body) {
    Examined.ToStore examined =
        (Examined.ToStore) push.examine(request("POST", "/Patient", JSON, body));
    assertThat(examined.defect()).contains(QuarantineReason.UNPARSABLE);
    assertThat(examined.raw()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    FhirResponse answer = push.stored(examined, NEW);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("xception").doesNotContain("passwd");
  }

  @Test
  void aResourceOfALaterVersionIsStoredToBeQuarantined() {
    Examined.ToStore examined =
        (Examined.ToStore)
            push.examine(
                request(
                    "POST", "/ActorDefinition", JSON, "{\"resourceType\":\"ActorDefinition\"}"));
    assertThat(examined.defect()).contains(QuarantineReason.UNSUPPORTED_VERSION);
    assertThat(push.stored(examined, NEW).status()).isEqualTo(400);
  }

  @Test
  void aBodyAboveTheLimitIsRefused() {
    String large = "{\"resourceType\":\"Patient\",\"id\":\"" + "x".repeat(10_000) + "\"}";
    assertThat(answered(push.examine(request("POST", "/Patient", JSON, large))).status())
        .isEqualTo(413);
  }

  @Test
  void eachEntryOfABatchIsAnsweredInOrder() {
    String batch =
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
            + "{\"request\":{\"method\":\"POST\"},\"resource\":{\"resourceType\":\"Patient\"}},"
            + "{\"request\":{\"method\":\"GET\"}},"
            + "{\"resource\":{\"resourceType\":\"Patient\"},\"request\":{\"method\":\"PUT\"}}]}";
    Examined.ToStore examined = (Examined.ToStore) push.examine(request("POST", "", JSON, batch));
    Bundle answer =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(Bundle.class, push.stored(examined, NEW).body());
    assertThat(answer.getType()).isEqualTo(Bundle.BundleType.BATCHRESPONSE);
    assertThat(answer.getEntry())
        .extracting(e -> e.getResponse().getStatus())
        .containsExactly("201 Created", "405 Method Not Allowed", "200 OK");
  }

  @Test
  void aTransactionThatReadsOrDeletesIsRefusedWhole() {
    String transaction =
        "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"transaction\"/><entry><request>"
            + "<method value=\"DELETE\"/></request></entry></Bundle>";
    FhirResponse answer =
        answered(push.examine(request("POST", "", "application/fhir+xml", transaction)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers().get("Content-Type")).startsWith("application/fhir+xml");
  }

  @Test
  void whatWasNotStoredIsToBeSentAgain() {
    FhirRequest request = request("POST", "/Patient", JSON, "{\"resourceType\":\"Patient\"}");
    assertThat(push.notStored(request, true).status()).isEqualTo(429);
    assertThat(push.notStored(request, false).status()).isEqualTo(503);
    assertThat(push.notStored(request, true).headers()).containsKey("Retry-After");
  }

  private int stored(String method, String path, String contentType, String body) {
    Examined examined = push.examine(request(method, path, contentType, body));
    return push.stored((Examined.ToStore) examined, NEW).status();
  }

  private static FhirResponse answered(Examined examined) {
    return ((Examined.Answered) examined).response();
  }

  private static OperationOutcome outcome(FhirResponse answer) {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .parseResource(OperationOutcome.class, answer.body());
  }

  private static FhirRequest request(String method, String path, String contentType, String body) {
    return new FhirRequest(method, path, contentType, "", body.getBytes(StandardCharsets.UTF_8));
  }
}
