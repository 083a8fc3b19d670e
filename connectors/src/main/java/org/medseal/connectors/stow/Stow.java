package org.medseal.connectors.stow;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.httpaccess.HttpRefusal;
import org.medseal.connectors.stow.Failure.Reason;

/** The service as its clients see it: it takes instances and gives none back. */
final class Stow {
  static final String JSON = "application/dicom+json";
  static final String XML = "application/dicom+xml";

  private static final int RETRY_AFTER_SECONDS = 10;

  /** What a request wants, once it is known to be one that can be served. */
  record Accepted(String boundary, Optional<String> study, String answerType) {}

  /** Either, never both. */
  record Examined(Optional<Accepted> accepted, Optional<StowResponse> refused) {}

  private Stow() {}

  /**
   * Decides from the head of a request alone.
   *
   * @param path below the service's base, such as {@code /studies}
   * @param encoding of the content, empty if there is none
   */
  static Examined examine(
      String method, String path, String contentType, String accept, String encoding) {
    String[] segments = path.replaceAll("^/+|/+$", "").split("/", -1);
    boolean studies = segments[0].equals("studies") && segments.length <= 2;
    if (!studies || (segments.length == 2 && !Instance.isUid(segments[1]))) {
      return refused(404, "There is nothing here; send to studies or studies/UID.");
    }
    if (!method.toUpperCase(Locale.ROOT).equals("POST")) {
      return refused(405, "Only POST: instances are taken and none given back.");
    }
    Optional<String> answerType = answerType(accept);
    if (answerType.isEmpty()) {
      return refused(406, "Answers are " + JSON + " or " + XML + ".");
    }
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      return refused(415, "Send the body without a content encoding.");
    }
    Optional<String> study = segments.length == 2 ? Optional.of(segments[1]) : Optional.empty();
    return media(contentType, study, answerType.get());
  }

  private static Examined media(String contentType, Optional<String> study, String answerType) {
    Optional<MediaType> type = MediaType.parse(contentType);
    if (type.filter(t -> t.name().equals("multipart/related")).isEmpty()) {
      return refused(415, "Send multipart/related; type=\"application/dicom\".");
    }
    boolean dicom =
        type.get()
            .parameter("type")
            .flatMap(MediaType::parse)
            .filter(root -> root.name().equals("application/dicom"))
            .isPresent();
    if (!dicom) {
      return refused(415, "Only type=\"application/dicom\": metadata with bulk data is not taken.");
    }
    return type.get()
        .parameter("boundary")
        .filter(MultipartReader::isBoundary)
        .map(
            boundary ->
                new Examined(
                    Optional.of(new Accepted(boundary, study, answerType)), Optional.empty()))
        .orElseGet(() -> refused(400, "The boundary is missing or not one of RFC 2046."));
  }

  /** The first that can be given; JSON where anything will do. */
  private static Optional<String> answerType(String accept) {
    if (accept.isBlank()) {
      return Optional.of(JSON);
    }
    for (String range : accept.split(",", -1)) {
      String name = MediaType.parse(range).map(MediaType::name).orElse("");
      if (name.equals(JSON) || name.equals("application/json") || name.endsWith("/*")) {
        return Optional.of(JSON);
      }
      if (name.equals(XML) || name.equals("application/xml") || name.equals("text/xml")) {
        return Optional.of(XML);
      }
    }
    return Optional.empty();
  }

  /** PS3.18 table 10.5.3-1. */
  static StowResponse answer(Accepted accepted, Upload upload) {
    int status = status(upload);
    List<Instance> stored = upload.storedInstances();
    if (stored.isEmpty() && upload.failures().isEmpty()) {
      return plain(status, "No instance could be read from the request.");
    }
    StoreResponse response = new StoreResponse(stored, upload.failures());
    boolean xml = accepted.answerType().equals(XML);
    Map<String, String> headers = new HashMap<>(headers(status));
    headers.put("Content-Type", accepted.answerType());
    return new StowResponse(status, headers, xml ? response.xml() : response.json());
  }

  /** So many requests are read at once already: ours to mend, not the sender's rate. */
  static StowResponse busy() {
    return plain(503, "Too many requests at once; send again later.");
  }

  /** Before anything of the request is looked at. */
  static Examined refused(HttpRefusal refusal) {
    StowResponse answer = plain(refusal.status(), refusal.text());
    Map<String, String> headers = new HashMap<>(answer.headers());
    if (refusal.bearer()) {
      headers.put("WWW-Authenticate", HttpRefusal.CHALLENGE);
    }
    return new Examined(
        Optional.empty(), Optional.of(new StowResponse(answer.status(), headers, answer.body())));
  }

  private static int status(Upload upload) {
    boolean whole = upload.broken().isEmpty();
    List<Failure> failures = upload.failures();
    if (!upload.storedInstances().isEmpty()) {
      return whole && failures.isEmpty() ? 200 : 202;
    }
    if (!whole) {
      return upload.broken().get() == StowException.Reason.TOO_MUCH ? 413 : 400;
    }
    if (failures.isEmpty()) {
      return 400;
    }
    return all(failures, Reason.OUT_OF_RESOURCES)
        ? 429
        : all(failures, Reason.NOT_STORED)
            ? 503
            : all(failures, Reason.TOO_LARGE)
                ? 413
                : all(failures, Reason.OTHER_MEDIA_TYPE) ? 415 : 409;
  }

  private static boolean all(List<Failure> failures, Reason reason) {
    return failures.stream().allMatch(failure -> failure.reason() == reason);
  }

  private static Examined refused(int status, String text) {
    return new Examined(Optional.empty(), Optional.of(plain(status, text)));
  }

  private static StowResponse plain(int status, String text) {
    Map<String, String> headers = new HashMap<>(headers(status));
    headers.put("Content-Type", "text/plain; charset=utf-8");
    return new StowResponse(status, headers, text + "\n");
  }

  private static Map<String, String> headers(int status) {
    return switch (status) {
      case 405 -> Map.of("Allow", "POST");
      case 429, 503 -> Map.of("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
      default -> Map.of();
    };
  }
}
