package org.medseal.connectors.fhirsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.StringJoiner;
import org.medseal.connectors.fhirsearch.SearchException.Reason;

/**
 * The token a server wants: from a file, or asked for by client credentials and used until shortly
 * before it expires. For one thread.
 */
final class AccessTokens {
  private static final int LONGEST = 8192;
  private static final Duration SPARE = Duration.ofSeconds(30);
  private static final Duration SHORT_LIVED = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sends a request within the limits of the poll. */
  interface Sender {
    HttpResponse<byte[]> send(HttpRequest request) throws SearchException, InterruptedException;
  }

  private record Token(String value, Instant until) {}

  private final ServerAccess access;
  private final Duration timeout;
  private final Sender sender;
  private final InstantSource clock;
  private Optional<Token> held = Optional.empty();

  AccessTokens(ServerAccess access, Duration timeout, Sender sender, InstantSource clock) {
    this.access = access;
    this.timeout = timeout;
    this.sender = sender;
    this.clock = clock;
  }

  /** Empty where the server wants none; REFUSED where none is to be had. */
  Optional<String> token() throws SearchException, InterruptedException {
    if (access.bearerTokenFile().isPresent()) {
      return Optional.of(line(access.bearerTokenFile().get()));
    }
    if (access.client().isEmpty()) {
      return Optional.empty();
    }
    if (held.filter(t -> clock.instant().isBefore(t.until())).isEmpty()) {
      held = Optional.of(asked(access.client().get()));
    }
    return held.map(Token::value);
  }

  /** A token the server no longer takes. Whether another may help. */
  boolean refused() {
    boolean had = held.isPresent();
    held = Optional.empty();
    return had;
  }

  private Token asked(ClientCredentials client) throws SearchException, InterruptedException {
    StringJoiner form = new StringJoiner("&").add("grant_type=client_credentials");
    if (!client.scope().isBlank()) {
      form.add("scope=" + encoded(client.scope()));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.tokenUrl())
            .timeout(timeout)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    if (client.proof() instanceof ClientCredentials.Proof.Secret secret) {
      String both = encoded(client.clientId()) + ":" + encoded(line(secret.file()));
      byte[] bytes = both.getBytes(StandardCharsets.US_ASCII);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    } else if (client.proof() instanceof ClientCredentials.Proof.Key key) {
      form.add(
          "client_assertion_type="
              + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
      form.add("client_assertion=" + assertion(client, key));
    }
    Instant now = clock.instant();
    return read(
        sender.send(request.POST(HttpRequest.BodyPublishers.ofString(form.toString())).build()),
        now);
  }

  private String assertion(ClientCredentials client, ClientCredentials.Proof.Key key)
      throws SearchException {
    try {
      return SignedAssertion.of(client, key, clock.instant());
    } catch (GeneralSecurityException | RuntimeException e) { // a file that is no such key
      throw SearchException.of(Reason.REFUSED, "(the client's key cannot be used)");
    }
  }

  private static Token read(HttpResponse<byte[]> answer, Instant asked) throws SearchException {
    if (answer.statusCode() != 200) {
      throw SearchException.of(Reason.REFUSED, "(no token, HTTP " + answer.statusCode() + ")");
    }
    try {
      JsonNode body = JSON.readTree(answer.body());
      String token = body.path("access_token").asText();
      boolean bearer = body.path("token_type").asText().equalsIgnoreCase("bearer");
      if (bearer && token.matches("[\\x21-\\x7e]{1,8192}")) {
        Duration valid =
            Duration.ofSeconds(body.path("expires_in").asLong(SHORT_LIVED.toSeconds()));
        return new Token(token, asked.plus(valid).minus(SPARE));
      }
    } catch (IOException e) {
      throw SearchException.of(Reason.REFUSED, "(the token's answer is no JSON)");
    }
    throw SearchException.of(Reason.REFUSED, "(the answer holds no bearer token)");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String line(Path file) throws SearchException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw SearchException.of(Reason.REFUSED, "(the token or secret file cannot be read)");
    }
  }
}
