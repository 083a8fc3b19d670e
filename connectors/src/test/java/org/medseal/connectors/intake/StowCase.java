package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;

/** What tests of STOW-RS send and read. */
abstract class StowCase extends RouteCase {
  static final String STUDY = "1.3.6.1.4.1.99999.5.1";
  static final String DICOM = "multipart/related; type=\"application/dicom\"; boundary=";
  static final String FEED = "feeds/stow-in.yaml";

  static byte[] ct(int number, int pixelBytes) {
    return Part10.write(
        TransferSyntax.EXPLICIT_LITTLE,
        Part10.smallCt()
            .put(Part10.text(Tag.PATIENT_NAME, Vr.PN, CANARY + "^Ronja"))
            .put(Part10.text(Tag.PATIENT_ID, Vr.LO, "ZW-4711000"))
            .put(Part10.text(Tag.STUDY_INSTANCE_UID, Vr.UI, STUDY))
            .put(Part10.text(Tag.SOP_INSTANCE_UID, Vr.UI, STUDY + "." + number))
            .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, new byte[pixelBytes])));
  }

  static byte[] multipart(String boundary, byte[]... parts) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] part : parts) {
      all.add(Hospital.bytes("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"));
      all.add(part);
      all.add(Hospital.bytes("\r\n"));
    }
    all.add(Hospital.bytes("--" + boundary + "--\r\n"));
    return concat(all.toArray(byte[][]::new));
  }

  static String base(Hospital hospital) {
    return hospital.fhirBase().replace("/fhir", "/dicom-web");
  }

  static HttpRequest.Builder request(Hospital hospital, String path) {
    return HttpRequest.newBuilder(URI.create(base(hospital) + path));
  }

  static HttpResponse<String> stow(Hospital hospital, String path, byte[]... parts)
      throws Exception {
    return send(
        request(hospital, path)
            .header("Content-Type", DICOM + "xyz")
            .POST(HttpRequest.BodyPublishers.ofByteArray(multipart("xyz", parts))));
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/dicom+json");
    return new ObjectMapper().readTree(answer.body());
  }

  static List<String> instances(JsonNode response, String sequence) {
    List<String> found = new ArrayList<>();
    response
        .path(sequence)
        .path("Value")
        .forEach(item -> found.add(item.path("00081155").path("Value").path(0).asText()));
    return found;
  }

  static String head(URI uri, long length) {
    return "POST "
        + uri.getPath()
        + "/studies HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        + DICOM
        + "x\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }
}
