package org.medseal.connectors.fhirpush;

import java.util.Locale;
import java.util.Optional;

/** The two syntaxes of FHIR R4 taken over HTTP. */
enum FhirSyntax {
  JSON("application/fhir+json"),
  XML("application/fhir+xml");

  private final String mediaType;

  FhirSyntax(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType + "; charset=utf-8";
  }

  /** What the bytes begin with decides, for senders label them wrongly more often than not. */
  static Optional<FhirSyntax> sniff(byte[] body) {
    for (byte b : body) {
      if (b == '{') {
        return Optional.of(JSON);
      } else if (b == '<') {
        return Optional.of(XML);
      } else if (b > ' ') {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  static FhirSyntax ofAnswer(FhirRequest request) {
    String accept = request.accept().toLowerCase(Locale.ROOT);
    if (accept.contains("json")) {
      return JSON;
    }
    if (accept.contains("xml")) {
      return XML;
    }
    return request.contentType().toLowerCase(Locale.ROOT).contains("xml") ? XML : JSON;
  }

  /** Media types a sender may declare; any other is refused. */
  static boolean isKnown(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    return type.isEmpty()
        || type.endsWith("json")
        || type.endsWith("xml")
        || type.equals("text/plain")
        || type.equals("application/octet-stream");
  }
}
