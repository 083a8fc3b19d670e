package org.medseal.connectors.fhirpush;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.medseal.connectors.message.Receipt;

/** Writes answers; they hold nothing of what was sent but resource types. */
final class FhirAnswers {
  private final FhirContext context;
  private final Set<String> types;

  FhirAnswers(FhirContext context) {
    this.context = context;
    this.types = context.getResourceTypes();
  }

  boolean isType(String type) {
    return types.contains(type);
  }

  static boolean isWrite(ResourceSketch.Entry entry) {
    return !entry.type().isEmpty()
        && (entry.method().equals("POST") || entry.method().equals("PUT"));
  }

  FhirResponse outcome(FhirRequest request, int status, IssueType type, String text) {
    return write(request, status, outcome(IssueSeverity.ERROR, type, text));
  }

  /** 201 for what is new by POST, else 200; the id is MedSeal's of the message. */
  FhirResponse single(FhirRequest request, ResourceSketch sketch, Receipt receipt) {
    boolean created =
        request.method().equalsIgnoreCase("POST") && receipt.status() != Receipt.Status.DUPLICATE;
    FhirResponse answer =
        write(
            request,
            created ? 201 : 200,
            outcome(
                IssueSeverity.INFORMATION,
                IssueType.INFORMATIONAL,
                "Taken as message " + receipt.id() + "."));
    return request.method().equalsIgnoreCase("POST")
        ? new FhirResponse(
            answer.status(),
            with(answer.headers(), "Location", sketch.type() + "/" + receipt.id()),
            answer.body())
        : answer;
  }

  FhirResponse exchange(FhirRequest request, ResourceSketch sketch, Receipt receipt) {
    Bundle answer = new Bundle();
    answer.setType(
        sketch.bundleType().filter("transaction"::equals).isPresent()
            ? Bundle.BundleType.TRANSACTIONRESPONSE
            : Bundle.BundleType.BATCHRESPONSE);
    answer.setId(receipt.id());
    for (ResourceSketch.Entry entry : sketch.entries()) {
      Bundle.BundleEntryResponseComponent response = answer.addEntry().getResponse();
      if (isWrite(entry)) {
        response.setStatus(entry.method().equals("POST") ? "201 Created" : "200 OK");
      } else {
        response.setStatus("405 Method Not Allowed");
        response.setOutcome(
            outcome(IssueSeverity.ERROR, IssueType.NOTSUPPORTED, "Only POST and PUT."));
      }
    }
    return write(request, 200, answer);
  }

  FhirResponse capabilities(FhirRequest request) {
    CapabilityStatement statement = new CapabilityStatement();
    statement.setStatus(PublicationStatus.ACTIVE);
    statement.setDateElement(new DateTimeType(LocalDate.now(ZoneOffset.UTC).toString()));
    statement.setKind(CapabilityStatement.CapabilityStatementKind.INSTANCE);
    statement.getSoftware().setName("MedSeal");
    statement.getImplementation().setDescription("Takes resources and Bundles; gives none back");
    statement.setFhirVersion(FHIRVersion._4_0_1);
    statement.addFormat("application/fhir+json");
    statement.addFormat("application/fhir+xml");
    CapabilityStatementRestComponent rest = statement.addRest();
    rest.setMode(CapabilityStatement.RestfulCapabilityMode.SERVER);
    rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
    rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
    types.stream()
        .sorted()
        .forEach(
            type -> {
              var resource = rest.addResource().setType(type);
              resource.addInteraction().setCode(TypeRestfulInteraction.CREATE);
              resource.addInteraction().setCode(TypeRestfulInteraction.UPDATE);
            });
    return write(request, 200, statement);
  }

  static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return more;
  }

  private static OperationOutcome outcome(IssueSeverity severity, IssueType type, String text) {
    OperationOutcome outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(severity).setCode(type).setDiagnostics(text);
    return outcome;
  }

  private FhirResponse write(FhirRequest request, int status, Resource resource) {
    FhirSyntax syntax = FhirSyntax.ofAnswer(request);
    IParser parser = syntax == FhirSyntax.XML ? context.newXmlParser() : context.newJsonParser();
    return new FhirResponse(
        status,
        Map.of("Content-Type", syntax.mediaType()),
        parser.encodeResourceToString(resource));
  }
}
