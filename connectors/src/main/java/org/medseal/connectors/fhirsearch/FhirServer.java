package org.medseal.connectors.fhirsearch;

import static org.medseal.connectors.fhirsearch.SearchException.Reason;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.medseal.connectors.tls.PemFiles;

/** Asks one server and nobody else: no redirect and no foreign link is followed. */
final class FhirServer {
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final SearchSettings settings;
  private final HttpClient http;
  private final AccessTokens tokens;

  private volatile boolean stopped;
  private volatile CompletableFuture<?> asked = CompletableFuture.completedFuture(null);

  /** PemException where the server's roots cannot be read. */
  FhirServer(SearchSettings settings, InstantSource clock) {
    this.settings = settings;
    this.http = client(settings.access().caCertificate());
    this.tokens =
        new AccessTokens(settings.access(), settings.limits().timeout(), this::send, clock);
  }

  private static HttpClient client(Optional<Path> roots) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1);
    roots.ifPresent(pem -> client.sslContext(trusting(PemFiles.trust(pem))));
    return client.build();
  }

  private static SSLContext trusting(TrustManager roots) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {roots}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /**
   * @param date the server's clock, if it tells
   */
  record Answer(SearchPage page, Optional<Instant> date) {}

  /** The first page of what changed from then on, oldest first where the server can sort. */
  URI search(String type, Optional<Instant> since) {
    StringBuilder query = new StringBuilder("_count=").append(settings.limits().pageSize());
    query.append("&_sort=_lastUpdated");
    since.ifPresent(
        from ->
            query
                .append("&_lastUpdated=")
                .append(URLEncoder.encode("ge" + from, StandardCharsets.UTF_8)));
    return URI.create(settings.base() + "/" + type + "?" + query);
  }

  /** Resolves a next link; ELSEWHERE unless it stays below the base. */
  URI next(URI page, String link) throws SearchException {
    URI base = settings.base();
    URI target;
    try {
      target = page.resolve(link).normalize();
    } catch (IllegalArgumentException e) {
      throw SearchException.of(Reason.ELSEWHERE, "(not a URL)");
    }
    boolean same =
        base.getScheme().equalsIgnoreCase(String.valueOf(target.getScheme()))
            && base.getHost().equalsIgnoreCase(String.valueOf(target.getHost()))
            && port(base) == port(target)
            && target.getUserInfo() == null;
    String path = String.valueOf(target.getPath());
    if (!same || !(path.equals(base.getPath()) || path.startsWith(base.getPath() + "/"))) {
      throw SearchException.of(Reason.ELSEWHERE, "");
    }
    return target;
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }

  /** A token that the server takes no longer is replaced once. */
  Answer get(URI page) throws SearchException, InterruptedException {
    HttpResponse<byte[]> answer = asked(page);
    return read(answer.statusCode() == 401 && tokens.refused() ? asked(page) : answer);
  }

  private HttpResponse<byte[]> asked(URI page) throws SearchException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page)
            .timeout(settings.limits().timeout())
            .header("Accept", "application/fhir+json")
            .header("Cache-Control", "no-cache")
            .GET();
    tokens.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return send(request.build());
  }

  private HttpResponse<byte[]> send(HttpRequest request)
      throws SearchException, InterruptedException {
    int most = settings.limits().maxPageBytes();
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, info -> new BoundedBody(most));
    asked = sent;
    if (stopped) {
      sent.cancel(true);
    }
    try {
      return sent.get(settings.limits().timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (CancellationException e) {
      throw SearchException.of(Reason.UNREACHABLE, "(stopped)");
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw SearchException.of(Reason.UNREACHABLE, "(timed out)");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BoundedBody.TooLargeException) {
        throw SearchException.of(Reason.TOO_LARGE, "(a page)");
      }
      String kind = e.getCause().getClass().getSimpleName();
      throw SearchException.of(Reason.UNREACHABLE, "(" + kind + ")");
    }
  }

  private Answer read(HttpResponse<byte[]> answer) throws SearchException {
    int status = answer.statusCode();
    if (status == 429 || status == 503) {
      throw SearchException.busy(status, retryAfter(answer));
    }
    if (status >= 300 && status < 400) {
      throw SearchException.of(Reason.REDIRECTED, "HTTP " + status);
    }
    if (status != 200) {
      throw SearchException.of(Reason.REFUSED, "HTTP " + status);
    }
    return new Answer(SearchPage.read(answer.body()), date(answer, "Date"));
  }

  private static Duration retryAfter(HttpResponse<byte[]> answer) {
    String text = answer.headers().firstValue("Retry-After").orElse("").strip();
    Duration asked =
        text.matches("\\d{1,9}")
            ? Duration.ofSeconds(Long.parseLong(text))
            : date(answer, "Retry-After")
                .map(until -> Duration.between(Instant.now(), until))
                .orElse(Duration.ZERO);
    return asked.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : asked;
  }

  private static Optional<Instant> date(HttpResponse<byte[]> answer, String header) {
    return answer
        .headers()
        .firstValue(header)
        .flatMap(
            text -> {
              try {
                return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
              } catch (DateTimeException e) {
                return Optional.empty();
              }
            });
  }

  /** Ends the request under way and refuses further ones; from any thread. */
  void stop() {
    stopped = true;
    asked.cancel(true);
  }
}
