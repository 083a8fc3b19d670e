package org.medseal.connectors.fhirpush;

import ca.uhn.fhir.context.FhirContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.httpaccess.HttpRefusal;
import org.medseal.connectors.message.Receipt;

/**
 * The FHIR service as its clients see it: it takes resources and gives none back. Nothing is
 * accepted before a {@link Receipt} is there.
 */
public final class FhirPush {
  /** Largest body taken unless set otherwise. */
  public static final int DEFAULT_MAX_BYTES = 16 << 20;

  private static final Pattern VERSION = Pattern.compile("fhirversion\\s*=\\s*\"?([0-9.]+)");
  private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([a-z0-9_-]+)");
  private static final String ALLOW = "GET, POST, PUT";
  private static final int RETRY_AFTER_SECONDS = 10;

  private final int maxBytes;
  private final FhirAnswers answers;

  public FhirPush(int maxBytes) {
    this.maxBytes = maxBytes;
    this.answers = new FhirAnswers(FhirContext.forR4Cached());
  }

  /** Decides what is to be done; stores nothing. */
  public Examined examine(FhirRequest request) {
    return examineHead(request, request.body().length)
        .orElseGet(() -> examineBody(request, segments(request.path())));
  }

  /**
   * The answer to a request whose body need not be looked at for it; {@code bodyBytes} as declared,
   * 0 where nothing is.
   */
  public Optional<Examined> examineHead(FhirRequest request, long bodyBytes) {
    String[] path = segments(request.path());
    String method = request.method().toUpperCase(Locale.ROOT);
    if (path.length == 1 && path[0].equals("metadata") && method.equals("GET")) {
      return Optional.of(new Examined.Answered(request, answers.capabilities(request)));
    }
    boolean post = method.equals("POST") && path.length <= 1;
    boolean put = method.equals("PUT") && path.length == 2;
    if (!post && !put) {
      return Optional.of(
          refused(
              request, 405, IssueType.NOTSUPPORTED, "Only create, update, transaction and batch."));
    }
    if (bodyBytes > maxBytes) {
      return Optional.of(tooLarge(request));
    }
    return mediaProblem(request).map(text -> refused(request, 415, IssueType.NOTSUPPORTED, text));
  }

  int maxBytes() {
    return maxBytes;
  }

  Examined tooLarge(FhirRequest request) {
    return refused(request, 413, IssueType.TOOCOSTLY, "A body may have " + maxBytes + " bytes.");
  }

  /** To a sender that fell silent, was too slow, or went away. */
  Examined stopped(FhirRequest request) {
    return refused(request, 408, IssueType.TIMEOUT, "The request stopped before its end.");
  }

  private Examined examineBody(FhirRequest request, String[] path) {
    Optional<ResourceSketch> read = SketchReader.read(request.body());
    if (read.isEmpty()) {
      return new Examined.ToStore(request, read, Optional.of(QuarantineReason.UNPARSABLE));
    }
    ResourceSketch sketch = read.get();
    if (!answers.isType(sketch.type())) {
      return new Examined.ToStore(request, read, Optional.of(QuarantineReason.UNSUPPORTED_VERSION));
    }
    return pathProblem(path, sketch)
        .or(() -> exchangeProblem(sketch))
        .map(text -> refused(request, 400, IssueType.INVALID, text))
        .orElseGet(() -> new Examined.ToStore(request, read, Optional.empty()));
  }

  /** The answer to a stored message; only with a receipt it is a success. */
  public FhirResponse stored(Examined.ToStore examined, Receipt receipt) {
    if (examined.defect().isPresent()) {
      return answers.outcome(
          examined.request(),
          400,
          IssueType.STRUCTURE,
          examined.defect().get() == QuarantineReason.UNSUPPORTED_VERSION
              ? "Not a resource of FHIR R4."
              : "Not a well-formed FHIR resource.");
    }
    ResourceSketch sketch = examined.sketch().orElseThrow();
    return sketch.isExchange()
        ? answers.exchange(examined.request(), sketch, receipt)
        : answers.single(examined.request(), sketch, receipt);
  }

  /** The answer when the append failed, or would. */
  public FhirResponse notStored(FhirRequest request, boolean full) {
    FhirResponse answer =
        full
            ? answers.outcome(request, 429, IssueType.THROTTLED, "Too busy; send again later.")
            : answers.outcome(request, 503, IssueType.TRANSIENT, "Not stored; send again later.");
    return new FhirResponse(
        answer.status(),
        FhirAnswers.with(answer.headers(), "Retry-After", String.valueOf(RETRY_AFTER_SECONDS)),
        answer.body());
  }

  /** To somebody the feed does not know. */
  public Examined refused(FhirRequest request, HttpRefusal refusal) {
    FhirResponse answer =
        answers.outcome(
            request,
            refusal.status(),
            refusal.status() == 401 ? IssueType.LOGIN : IssueType.FORBIDDEN,
            refusal.text());
    Map<String, String> headers =
        refusal.bearer()
            ? FhirAnswers.with(answer.headers(), "WWW-Authenticate", HttpRefusal.CHALLENGE)
            : answer.headers();
    return new Examined.Answered(
        request, new FhirResponse(answer.status(), headers, answer.body()));
  }

  private Examined refused(FhirRequest request, int status, IssueType type, String text) {
    FhirResponse answer = answers.outcome(request, status, type, text);
    Map<String, String> headers =
        status == 405 ? FhirAnswers.with(answer.headers(), "Allow", ALLOW) : answer.headers();
    return new Examined.Answered(request, new FhirResponse(status, headers, answer.body()));
  }

  private static Optional<String> mediaProblem(FhirRequest request) {
    String declared = request.contentType().toLowerCase(Locale.ROOT);
    if (!FhirSyntax.isKnown(declared)) {
      return Optional.of("Send application/fhir+json or application/fhir+xml.");
    }
    Matcher version = VERSION.matcher(declared);
    if (version.find() && !version.group(1).matches("4\\.0(\\.[0-9]+)?")) {
      return Optional.of("Only FHIR R4 (4.0) is taken.");
    }
    Matcher charset = CHARSET.matcher(declared);
    if (charset.find() && !charset.group(1).matches("utf-?8|us-ascii")) {
      return Optional.of("Only UTF-8 is taken.");
    }
    return Optional.empty();
  }

  /** The base takes single resources too: many sources can be given one address only. */
  private static Optional<String> pathProblem(String[] path, ResourceSketch sketch) {
    if (path.length == 0) {
      return Optional.empty();
    }
    if (!path[0].equals(sketch.type())) {
      return Optional.of("The resource is of another type than the address.");
    }
    if (path.length == 2 && !sketch.id().filter(path[1]::equals).isPresent()) {
      return Optional.of("The resource's id is not that of the address.");
    }
    return Optional.empty();
  }

  /** A transaction is taken as a whole or not at all. */
  private static Optional<String> exchangeProblem(ResourceSketch sketch) {
    boolean transaction = sketch.bundleType().filter("transaction"::equals).isPresent();
    return transaction && !sketch.entries().stream().allMatch(FhirAnswers::isWrite)
        ? Optional.of("A transaction may hold POST and PUT of resources only.")
        : Optional.empty();
  }

  private static String[] segments(String path) {
    String trimmed = path.replaceAll("^/+|/+$", "");
    return trimmed.isEmpty() ? new String[0] : trimmed.split("/");
  }
}
