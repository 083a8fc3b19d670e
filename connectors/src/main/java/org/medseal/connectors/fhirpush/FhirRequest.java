package org.medseal.connectors.fhirpush;

/**
 * A request as it came.
 *
 * @param path below the service's base, such as {@code /Patient/1}
 * @param contentType empty if there is none
 * @param accept empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, up to the size limit
public record FhirRequest(
    String method, String path, String contentType, String accept, byte[] body) {
  FhirRequest with(byte[] read) {
    return new FhirRequest(method, path, contentType, accept, read);
  }
}
