package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditTrail;
import org.medseal.connectors.deid.FeedPolicies;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.TrueDatesByRules;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.patient.LocalPatientIndex;
import org.medseal.connectors.reprocess.Reprocessing;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.mail.Post;
import org.medseal.series.MinuteSeries;
import org.medseal.users.Role;
import org.medseal.users.UserStore;
import org.medseal.users.Waiting;
import org.medseal.watch.Watch;
import org.medseal.watch.WatchLimits;

/** One institution with a running endpoint, and people who call it over HTTPS. */
final class TestHospital implements AutoCloseable {
  static final String PASSWORD = "correct horse battery ";

  final String name;
  final Path home;
  final UserStore users;
  final AuditTrail audit;
  final MessageStore messages;
  final LocalPatientIndex localIndex;
  final Watch watch = new Watch(new WatchLimits(Map.of(), 1000, 10, 20), InstantSource.system());
  final MinuteSeries series = new MinuteSeries(InstantSource.system());
  final Map<String, String> feedStates = new HashMap<>(Map.of("lab", "RUNNING"));
  final WatchedLedger ledger;
  private final AdminServer server;
  private final SelfSigned tls;
  private final HttpClient client;
  private final LocalCipher cipher;
  private final Map<String, String> tokens = new HashMap<>();

  /** An answer as it came. */
  @SuppressWarnings("ArrayRecordComponent") // test data
  record Reply(int status, String mediaType, byte[] body, HttpResponse<byte[]> response) {
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text(), e);
      }
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String problem() {
      return json().path("type").asText().replace("urn:medseal:problem:", "");
    }

    /** Empty text for what is no refusal. */
    String problemIfAny() {
      return mediaType.startsWith(Problem.MEDIA_TYPE) ? problem() : "";
    }
  }

  TestHospital(TestConsortium consortium, String name, Path folder) throws Exception {
    this(consortium, name, folder, AdminLimits.defaults());
  }

  TestHospital(TestConsortium consortium, String name, Path folder, AdminLimits limits)
      throws Exception {
    this(consortium, name, folder, limits, Post.none());
  }

  TestHospital(TestConsortium consortium, String name, Path folder, AdminLimits limits, Post post)
      throws Exception {
    this.name = name;
    this.home = folder.resolve(name);
    Files.createDirectories(home.resolve("keys"));
    cipher = new LocalCipher(SecretBytes.random(32, new SecureRandom()));
    audit = AuditTrail.open(home.resolve("audit"));
    users = UserStore.open(home.resolve("people"), cipher, new Waiting(Duration.ofDays(14), audit));
    ledger = new WatchedLedger(consortium.ledger(name), audit);
    messages =
        MessageStore.open(
            home.resolve("inbox"), home.resolve("outbox"), cipher, MessageLimits.defaults());
    localIndex = LocalPatientIndex.open(home.resolve("patients"), cipher);
    TestConsortium.Secrets own = consortium.secrets.get(name);
    tls = SelfSigned.in(home.resolve("tls"));
    AdminServices services =
        new AdminServices(
            ledger,
            consortium.keys(own),
            new AdminServices.Patients(
                IdentifierAuthorities.load(Path.of("config/identifiers.yaml")),
                localIndex::find,
                TrueDatesByRules.load(Path.of("config"))),
            new AdminServices.Intake(
                messages, feeds(), reprocessing(consortium, own), watch, series),
            new AdminServices.People(users, audit, home.resolve("keys"), post));
    server =
        new AdminServer(
            services,
            new AdminSettings(AdminSettings.LOOPBACK, 0, tls.certificate(), tls.key(), limits));
    server.start();
    client =
        HttpClient.newBuilder()
            .sslContext(tls.trust())
            .connectTimeout(Duration.ofSeconds(20))
            .build();
  }

  private Reprocessing reprocessing(TestConsortium consortium, TestConsortium.Secrets own) {
    DeidKeys keys = new DeidKeys(consortium.consortiumKey, own.local());
    return new Reprocessing(
        messages,
        Deidentifiers.load(Path.of("config"), keys)::forFormat,
        new FeedPolicies(Map.of(), UnlistedAuthority.LOCAL));
  }

  private FeedControl feeds() {
    return new FeedControl() {
      @Override
      public List<FeedView> feeds() {
        List<FeedView> views = new ArrayList<>();
        feedStates.forEach(
            (id, state) -> views.add(new FeedView(id, id, "mllp", state, Optional.empty())));
        return views;
      }

      @Override
      public void pause(String id) {
        feedStates.put(id, "PAUSED");
      }

      @Override
      public void resume(String id) {
        feedStates.put(id, "RUNNING");
      }
    };
  }

  /** That trusts this hospital's certificate. */
  HttpClient client() {
    return client;
  }

  String origin() {
    return "https://127.0.0.1:" + server.port();
  }

  static String password(String login) {
    return PASSWORD + login;
  }

  /** Registered, approved and logged in with these roles; the first one is an administrator. */
  void has(String login, Role... roles) throws Exception {
    Set<Role> all = Set.of(roles);
    if (users.users().isEmpty()) {
      users.createFirstAdmin(login, password(login), all);
    } else {
      users.register(login, password(login), "");
      users.approve(users.findByLogin(login).orElseThrow().id(), all);
    }
    logsIn(login);
  }

  void logsIn(String login) throws Exception {
    tokens.put(login, login(login, password(login)).json().path("token").asText());
  }

  Reply login(String login, String password) throws Exception {
    return call(
        "",
        "POST",
        "/api/v1/auth/login",
        Json.object().put("login", login).put("password", password).toString());
  }

  String token(String login) {
    return tokens.get(login);
  }

  /** Puts the secret into a key store that only this user's password opens. */
  void keeps(String file, String entry, SecretBytes secret, String login) {
    char[] passphrase = password(login).toCharArray();
    try (KeyFile store = KeyFile.create(home.resolve("keys").resolve(file), passphrase)) {
      store.put(entry, secret);
      store.setUsers(List.of(login));
      store.save();
    }
  }

  Reply get(String login, String path) throws Exception {
    return call(tokens.getOrDefault(login, ""), "GET", "/api/v1" + path, "");
  }

  Reply post(String login, String path, String json) throws Exception {
    return call(tokens.getOrDefault(login, ""), "POST", "/api/v1" + path, json);
  }

  Reply call(String token, String method, String path, String json) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    Reply reply =
        new Reply(
            response.statusCode(),
            response.headers().firstValue("Content-Type").orElse(""),
            response.body(),
            response);
    AnswerContract.check(method, path, reply);
    return reply;
  }

  /** For what no HTTP client sends. */
  Socket connect() throws IOException {
    Socket socket = tls.trust().getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** What another thread brings about, at latest within half a minute. */
  interface Fact {
    boolean holds() throws Exception;
  }

  static void until(Fact fact) throws Exception {
    long latest = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!fact.holds()) {
      if (System.nanoTime() > latest) {
        throw new AssertionError("it did not come about within half a minute");
      }
      Thread.onSpinWait();
    }
  }

  /** Everything the audit trail says, as FHIR. */
  String auditText() {
    return new String(
        new AuditEvents(audit, name, "/api/v1/audit").bundle(0, 1000), StandardCharsets.UTF_8);
  }

  List<String> auditedSubtypes() {
    List<String> codes = new ArrayList<>();
    try {
      Json.MAPPER
          .readTree(auditText())
          .path("entry")
          .forEach(
              entry ->
                  codes.add(
                      entry.path("resource").path("subtype").path(0).path("code").asText()
                          + ":"
                          + entry.path("resource").path("outcome").asText()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return codes;
  }

  @Override
  public void close() {
    server.close();
    messages.close();
    localIndex.close();
    users.close();
    audit.close();
    cipher.close();
    assertThat(ledger.unsaid()).as("sent without a word in the trail before").isEmpty();
  }
}
