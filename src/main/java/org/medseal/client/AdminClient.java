package org.medseal.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A person's side of the admin endpoint: JSON over HTTPS, trusting one certificate authority. */
public final class AdminClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  /** With the TLS handshake, which takes its time on a busy machine; a refusal comes at once. */
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI base;
  private final Optional<String> token;

  private AdminClient(HttpClient http, URI base, Optional<String> token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /** Nobody yet, at {@code https://host:port}. */
  public static AdminClient at(URI base, String authorityPem) {
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(trusting(authorityPem))
            .connectTimeout(CONNECT_WITHIN)
            .build();
    return new AdminClient(http, base, Optional.empty());
  }

  /** The same endpoint as a user. */
  public AdminClient login(String login, String password) {
    return login(login, password, "");
  }

  /** With the code of a second factor; empty for who has none. */
  public AdminClient login(String login, String password, String totp) {
    Answer answer =
        post("/api/v1/auth/login", Map.of("login", login, "password", password, "totp", totp));
    String newToken = answer.expect(200).json().path("token").asText();
    return new AdminClient(http, base, Optional.of(newToken));
  }

  /** An answer as it came. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Answer(int status, String contentType, byte[] body, String call) {
    /** This answer, if the status is one of these. */
    public Answer expect(int... statuses) {
      for (int expected : statuses) {
        if (status == expected) {
          return this;
        }
      }
      throw new ClientException(call + " answered " + status + " " + title());
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new ClientException(call + " did not answer JSON", e);
      }
    }

    private String title() {
      return contentType.contains("json")
          ? json().path("detail").asText(json().path("title").asText())
          : "";
    }
  }

  public Answer get(String path) {
    return send("GET", path, Optional.empty());
  }

  public Answer get(String path, Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return get(path + "?" + text);
  }

  public Answer post(String path, Object body) {
    return send("POST", path, Optional.of(body));
  }

  private Answer send(String method, String path, Optional<Object> body) {
    String call = method + " " + path.replaceAll("\\?.*", "");
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_WITHIN);
      token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
      if (body.isPresent()) {
        request.header("Content-Type", "application/json");
        request.method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body.get())));
      } else {
        request.method(method, BodyPublishers.noBody());
      }
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(response.statusCode(), type, response.body(), call);
    } catch (IOException e) {
      throw new ClientException(call + " at " + base + " failed: " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException(call + " was interrupted", e);
    }
  }

  /** What an operator can do about it, where that is known. */
  private static String reason(IOException failure) {
    if (failure instanceof ConnectException) {
      return "the institution does not run, or is still starting";
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time; the machine may be too busy, or see the institution's log";
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return "it shows no certificate of the authority in admin-chain.pem; after keys rotate"
            + " admin-tls the institution has to be started again";
      }
    }
    return failure.toString();
  }

  private static SSLContext trusting(String authorityPem) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "authority",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(authorityPem.getBytes(StandardCharsets.US_ASCII))));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ClientException("the certificate authority cannot be used: " + e, e);
    }
  }
}
