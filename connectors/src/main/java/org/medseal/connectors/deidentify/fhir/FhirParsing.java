package org.medseal.connectors.deidentify.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;
import org.medseal.connectors.deidentify.QuarantineReason;

/** Reads R4 resources in JSON or XML, strictly; broken ones and other versions are refused. */
final class FhirParsing {

  static final FhirContext R4 = context();

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final int HEAD = 4_096;
  private static final Pattern XML_ENCODING =
      Pattern.compile("^<\\?xml[^>]{0,100}encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final Pattern OTHER_VERSION =
      Pattern.compile("http://hl7\\.org/fhir/(1\\.0|3\\.0|4\\.3|5\\.0|6\\.0)/");
  private static final Pattern TYPE =
      Pattern.compile("\"resourceType\"\\s*:\\s*\"([A-Za-z]{1,60})\"|^\\s*<([A-Za-z]{1,60})[\\s>]");

  /** Resource types of other versions that R4 does not have. */
  private static final Set<String> OTHER_TYPES =
      Set.of(
          "ActorDefinition",
          "AdministrableProductDefinition",
          "ArtifactAssessment",
          "BodySite",
          "BiologicallyDerivedProductDispense",
          "Citation",
          "ClinicalUseDefinition",
          "ConditionDefinition",
          "Conformance",
          "DataElement",
          "DeviceAssociation",
          "DeviceComponent",
          "DeviceDispense",
          "DeviceUsage",
          "DiagnosticOrder",
          "EligibilityRequest",
          "EligibilityResponse",
          "EncounterHistory",
          "EvidenceReport",
          "ExpansionProfile",
          "FormularyItem",
          "GenomicStudy",
          "ImagingManifest",
          "ImagingObjectSelection",
          "ImagingSelection",
          "Ingredient",
          "InventoryItem",
          "InventoryReport",
          "ManufacturedItemDefinition",
          "MedicationOrder",
          "MedicinalProductDefinition",
          "NutritionIntake",
          "NutritionProduct",
          "Order",
          "OrderResponse",
          "PackagedProductDefinition",
          "Permission",
          "ProcedureRequest",
          "ProcessRequest",
          "ProcessResponse",
          "ReferralRequest",
          "RegulatedAuthorization",
          "Requirements",
          "Sequence",
          "ServiceDefinition",
          "SubscriptionStatus",
          "SubscriptionTopic",
          "SubstanceDefinition",
          "TestPlan",
          "Transport");

  /** Either the resource or why there is none. */
  record Parsed(Optional<Resource> resource, QuarantineReason problem) {
    static Parsed refused(QuarantineReason reason) {
      return new Parsed(Optional.empty(), reason);
    }
  }

  private FhirParsing() {}

  private static FhirContext context() {
    FhirContext context = FhirContext.forR4();
    context.getParserOptions().setOverrideResourceIdWithBundleEntryFullUrl(false);
    context.getParserOptions().setStripVersionsFromReferences(false);
    return context;
  }

  static Parsed parse(byte[] raw, Optional<Charset> feedDefault) {
    Optional<String> text = decode(raw, feedDefault);
    if (text.isEmpty()) {
      return Parsed.refused(QuarantineReason.UNKNOWN_CHARSET);
    }
    String body = text.get().strip();
    boolean xml = body.startsWith("<");
    if (!xml && !body.startsWith("{")) {
      return Parsed.refused(QuarantineReason.UNPARSABLE);
    }
    if (otherVersion(body)) {
      return Parsed.refused(QuarantineReason.UNSUPPORTED_VERSION);
    }
    if (!xml && !isPlainJson(body)) {
      return Parsed.refused(QuarantineReason.UNPARSABLE);
    }
    try {
      IParser parser = xml ? R4.newXmlParser() : R4.newJsonParser();
      parser.setParserErrorHandler(new Strict());
      return new Parsed(
          Optional.of((Resource) parser.parseResource(body)), QuarantineReason.UNPARSABLE);
    } catch (RuntimeException e) { // the parser's edge: much that is malformed it stumbles over
      return Parsed.refused(QuarantineReason.UNPARSABLE);
    }
  }

  /** One object as RFC 8259 has it; of an element given twice nobody knows which one counts. */
  private static boolean isPlainJson(String body) {
    try (JsonParser in = JSON.createParser(body)) {
      in.nextToken();
      in.skipChildren();
      return in.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean otherVersion(String body) {
    String head = body.substring(0, Math.min(HEAD, body.length()));
    Matcher type =
        TYPE.matcher(head.startsWith("<?") ? head.substring(head.indexOf('>') + 1) : head);
    if (type.find()) {
      String name = type.group(1) == null ? type.group(2) : type.group(1);
      if (OTHER_TYPES.contains(name)) {
        return true;
      }
    }
    return OTHER_VERSION.matcher(head).find();
  }

  /** JSON is UTF-8 (RFC 8259); XML may declare another encoding. Nothing is replaced. */
  private static Optional<String> decode(byte[] raw, Optional<Charset> feedDefault) {
    Charset charset = StandardCharsets.UTF_8;
    int from = 0;
    if (raw.length >= 3
        && raw[0] == (byte) 0xEF
        && raw[1] == (byte) 0xBB
        && raw[2] == (byte) 0xBF) {
      from = 3;
    } else if (raw.length >= 2 && raw[0] == (byte) 0xFE && raw[1] == (byte) 0xFF) {
      charset = StandardCharsets.UTF_16BE;
      from = 2;
    } else if (raw.length >= 2 && raw[0] == (byte) 0xFF && raw[1] == (byte) 0xFE) {
      charset = StandardCharsets.UTF_16LE;
      from = 2;
    } else {
      String head =
          new String(raw, 0, Math.min(200, raw.length), StandardCharsets.ISO_8859_1).stripLeading();
      Matcher declared = XML_ENCODING.matcher(head);
      if (declared.find()) {
        try {
          charset = Charset.forName(declared.group(1));
        } catch (IllegalArgumentException e) {
          return Optional.empty();
        }
      }
    }
    Optional<String> text = strict(raw, from, charset);
    return text.isEmpty() && feedDefault.isPresent() ? strict(raw, from, feedDefault.get()) : text;
  }

  private static Optional<String> strict(byte[] raw, int from, Charset charset) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(raw, from, raw.length - from);
      return Optional.of(charset.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** What the walk drops anyway, or what loses nothing, is no reason to refuse a resource. */
  private static final class Strict extends StrictErrorHandler {
    @Override
    public void containedResourceWithNoId(IParserErrorHandler.IParseLocation location) {}

    @Override
    public void unknownReference(IParserErrorHandler.IParseLocation location, String reference) {}

    @Override
    public void missingRequiredElement(
        IParserErrorHandler.IParseLocation location, String elementName) {}

    @Override
    public void extensionContainsValueAndNestedExtensions(
        IParserErrorHandler.IParseLocation location) {}

    @Override
    public void incorrectJsonType(
        IParserErrorHandler.IParseLocation location,
        String elementName,
        ValueType expected,
        ScalarType expectedScalar,
        ValueType found,
        ScalarType foundScalar) {
      boolean scalars = expected == ValueType.SCALAR && found == ValueType.SCALAR;
      boolean single = expected == ValueType.ARRAY && found != ValueType.ARRAY;
      if (!scalars && !single) {
        super.incorrectJsonType(
            location, elementName, expected, expectedScalar, found, foundScalar);
      }
    }
  }
}
