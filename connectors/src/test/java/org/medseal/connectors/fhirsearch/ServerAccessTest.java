package org.medseal.connectors.fhirsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.connectors.fhirsearch.ScriptedServer.page;
import static org.medseal.connectors.fhirsearch.ScriptedServer.patient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.connectors.fhirsearch.ClientCredentials.Proof;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;

/** Tokens by client credentials: asked for once, used until they expire, replaced when refused. */
class ServerAccessTest {
  private static final String NOON = "2026-03-01T12:00:00Z";

  @TempDir Path home;
  private ScriptedServer server;
  private LocalCipher cipher;
  private final List<String> forms = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private Instant now = Instant.parse("2027-01-01T00:00:00Z");
  private String good = "token-1";

  @BeforeEach
  void start() throws IOException {
    cipher = new LocalCipher(SecretBytes.copyOf(new byte[32]));
    server = new ScriptedServer();
    server.answers(this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
    cipher.close();
  }

  /** The token server gives what is good at the moment; the FHIR server takes nothing else. */
  private void answer(HttpExchange exchange) throws IOException {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    authorizations.add(authorization);
    if (exchange.getRequestURI().getPath().equals("/token")) {
      forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
      ScriptedServer.send(
          exchange,
          200,
          "{\"access_token\":\"" + good + "\",\"token_type\":\"Bearer\",\"expires_in\":300}");
    } else if (authorization.equals("Bearer " + good)) {
      ScriptedServer.send(exchange, 200, page(Optional.empty(), patient("1", "1", NOON)));
    } else {
      ScriptedServer.send(exchange, 401, "{}");
    }
  }

  private FhirPoll poll(Proof proof) {
    URI tokens = server.base().resolve("/token");
    ClientCredentials client = new ClientCredentials(tokens, "med seal", "system/*.read", proof);
    ServerAccess access = new ServerAccess(Optional.empty(), Optional.of(client), Optional.empty());
    return new FhirPoll(
        "ehr", server.settings(access), new PollStates(home.resolve("polls"), cipher), () -> now);
  }

  private static FhirPoll.Summary run(FhirPoll poll) throws Exception {
    return poll.poll(resource -> {});
  }

  @Test
  void aTokenServesUntilItExpires() throws Exception {
    FhirPoll poll = poll(new Proof.Secret(Files.writeString(home.resolve("secret"), "p&w:d\n")));
    assertThat(run(poll).taken()).isEqualTo(1);
    run(poll);
    assertThat(forms).containsExactly("grant_type=client_credentials&scope=system%2F*.read");
    String basic =
        new String(
            Base64.getDecoder().decode(authorizations.get(0).substring(6)),
            StandardCharsets.US_ASCII);
    assertThat(basic).isEqualTo("med+seal:p%26w%3Ad");
    now = now.plus(Duration.ofSeconds(271));
    run(poll);
    assertThat(forms).hasSize(2);
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() throws Exception {
    FhirPoll poll = poll(new Proof.Secret(Files.writeString(home.resolve("secret"), "s")));
    run(poll);
    good = "token-2";
    run(poll);
    assertThat(forms).hasSize(2);
    assertThat(authorizations).endsWith("Bearer token-2");
  }

  @ParameterizedTest
  @CsvSource({"RSA,RS384,SHA384withRSA", "EC,ES384,SHA384withECDSAinP1363Format"})
  void aKeyIsShownByASignedAssertion(String kind, String algorithm, String signature)
      throws Exception {
    KeyPair pair = pair(kind, "secp384r1");
    FhirPoll poll = poll(new Proof.Key(pem(pair), Optional.of("key-7")));
    assertThat(run(poll).taken()).isEqualTo(1);
    String form = URLDecoder.decode(forms.get(0), StandardCharsets.US_ASCII);
    assertThat(form)
        .contains("client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    String[] jwt = form.substring(form.indexOf("client_assertion=") + 17).split("\\.", -1);
    assertThat(json(jwt[0]).path("alg").asText()).isEqualTo(algorithm);
    assertThat(json(jwt[0]).path("kid").asText()).isEqualTo("key-7");
    assertThat(json(jwt[1]).path("iss").asText()).isEqualTo("med seal");
    assertThat(json(jwt[1]).path("sub").asText()).isEqualTo("med seal");
    assertThat(json(jwt[1]).path("aud").asText()).endsWith("/token");
    assertThat(json(jwt[1]).path("exp").asLong()).isEqualTo(now.getEpochSecond() + 240);
    assertThat(json(jwt[1]).path("jti").asText()).hasSize(36);
    Signature check = Signature.getInstance(signature);
    check.initVerify(pair.getPublic());
    check.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(check.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
  }

  @Test
  void aKeyTheStandardLeavesOutIsRefused() throws Exception {
    FhirPoll poll = poll(new Proof.Key(pem(pair("EC", "secp256r1")), Optional.empty()));
    assertThatThrownBy(() -> run(poll))
        .isInstanceOfSatisfying(
            SearchException.class,
            e -> assertThat(e.reason()).isEqualTo(SearchException.Reason.REFUSED));
  }

  @Test
  void aTokenServerInClearIsForTheOwnMachineOnly() {
    assertThatThrownBy(
            () ->
                new ClientCredentials(
                    URI.create("http://ehr.example/token"), "c", "", new Proof.Secret(home)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static KeyPair pair(String kind, String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (kind.equals("EC")) {
      generator.initialize(new ECGenParameterSpec(curve));
    } else {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private Path pem(KeyPair pair) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    return Files.writeString(
        home.resolve("client.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }

  private static JsonNode json(String part) throws IOException {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
  }
}
