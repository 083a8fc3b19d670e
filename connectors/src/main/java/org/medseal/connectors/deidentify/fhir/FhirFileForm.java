package org.medseal.connectors.deidentify.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.hl7.fhir.r4.model.Resource;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Format;

/** Writes a record into a file: as it is, but as XML where the file is named so. */
public final class FhirFileForm {

  private FhirFileForm() {}

  public static byte[] of(DeidentifiedRecord record, String fileName) {
    boolean xml =
        record.format() == Format.FHIR && fileName.toLowerCase(Locale.ROOT).endsWith(".xml");
    if (!xml) {
      return record.content();
    }
    String json = new String(record.content(), StandardCharsets.UTF_8);
    Resource resource = (Resource) FhirParsing.R4.newJsonParser().parseResource(json);
    return FhirParsing.R4
        .newXmlParser()
        .encodeResourceToString(resource)
        .getBytes(StandardCharsets.UTF_8);
  }
}
