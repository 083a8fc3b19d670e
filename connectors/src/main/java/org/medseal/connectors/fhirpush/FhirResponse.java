package org.medseal.connectors.fhirpush;

import java.util.Map;

/** An answer in FHIR's terms. */
public record FhirResponse(int status, Map<String, String> headers, String body) {}
