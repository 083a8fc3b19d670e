package org.medseal.connectors.fhirpoll;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;
import org.medseal.connectors.fhirsearch.ClientCredentials;
import org.medseal.connectors.fhirsearch.PollStates;
import org.medseal.connectors.fhirsearch.SearchSettings;
import org.medseal.connectors.fhirsearch.ServerAccess;

/** Options of {@code fhir-poll:}; only a consumer. Setters are called by Camel before the start. */
public final class FhirPollEndpoint extends DefaultEndpoint {
  private final String feed;
  private String baseUrl = "";
  private String types = "Patient";
  private String bearerTokenFile = "";
  private String caCertificateFile = "";
  private String tokenUrl = "";
  private String clientId = "";
  private String clientSecretFile = "";
  private String clientKeyFile = "";
  private String clientKeyId = "";
  private String scope = "";
  private String hookSecretFile = "";
  private long pollMs = 60_000;
  private long overlapMs = 300_000;
  private long timeoutMs = SearchSettings.Limits.defaults().timeout().toMillis();
  private int pageSize = SearchSettings.Limits.defaults().pageSize();

  FhirPollEndpoint(String uri, FhirPollComponent component, String feed) {
    super(uri, component);
    this.feed = feed;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("fhir-poll: can only be read from");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    PollStates states =
        CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), PollStates.class);
    FhirHook hooks =
        CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), FhirHook.class);
    FhirPollConsumer consumer = new FhirPollConsumer(this, processor, states, hooks);
    configureConsumer(consumer);
    return consumer;
  }

  /** IllegalArgumentException for what cannot be polled. */
  SearchSettings settings() {
    SearchSettings.Limits usual = SearchSettings.Limits.defaults();
    List<String> all =
        Arrays.stream(types.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
    return new SearchSettings(
        URI.create(baseUrl.strip()),
        all,
        Duration.ofMillis(overlapMs),
        new SearchSettings.Limits(
            pageSize, usual.maxPageBytes(), usual.maxPages(), Duration.ofMillis(timeoutMs)),
        new ServerAccess(file(bearerTokenFile), client(), file(caCertificateFile)));
  }

  private Optional<ClientCredentials> client() {
    if (tokenUrl.isBlank()) {
      return Optional.empty();
    }
    if (clientSecretFile.isBlank() == clientKeyFile.isBlank()) {
      throw new IllegalArgumentException("tokenUrl needs clientSecretFile or clientKeyFile");
    }
    ClientCredentials.Proof proof =
        clientKeyFile.isBlank()
            ? new ClientCredentials.Proof.Secret(Path.of(clientSecretFile))
            : new ClientCredentials.Proof.Key(
                Path.of(clientKeyFile), Optional.of(clientKeyId).filter(k -> !k.isBlank()));
    return Optional.of(new ClientCredentials(URI.create(tokenUrl.strip()), clientId, scope, proof));
  }

  /** What a notification must carry, if anything. */
  Optional<Path> hookSecret() {
    return file(hookSecretFile);
  }

  private static Optional<Path> file(String name) {
    return Optional.of(name).filter(f -> !f.isBlank()).map(Path::of);
  }

  String feed() {
    return feed;
  }

  public String getBaseUrl() {
    return baseUrl;
  }

  /** Base address of the FHIR server. */
  public void setBaseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  public String getTypes() {
    return types;
  }

  /** Resource types to search, with commas between them. */
  public void setTypes(String types) {
    this.types = types;
  }

  public String getBearerTokenFile() {
    return bearerTokenFile;
  }

  /** File with the token the server wants; read at every poll. Empty for none. */
  public void setBearerTokenFile(String bearerTokenFile) {
    this.bearerTokenFile = bearerTokenFile;
  }

  public String getCaCertificateFile() {
    return caCertificateFile;
  }

  /** PEM file of the only roots the server's certificate may come from. Empty for the JDK's. */
  public void setCaCertificateFile(String caCertificateFile) {
    this.caCertificateFile = caCertificateFile;
  }

  public String getTokenUrl() {
    return tokenUrl;
  }

  /** Where OAuth 2.0 tokens are asked for by client credentials. Empty for none. */
  public void setTokenUrl(String tokenUrl) {
    this.tokenUrl = tokenUrl;
  }

  public String getClientId() {
    return clientId;
  }

  /** What the token server calls us. */
  public void setClientId(String clientId) {
    this.clientId = clientId;
  }

  public String getClientSecretFile() {
    return clientSecretFile;
  }

  /** File with the client's secret, one line. */
  public void setClientSecretFile(String clientSecretFile) {
    this.clientSecretFile = clientSecretFile;
  }

  public String getClientKeyFile() {
    return clientKeyFile;
  }

  /** PEM file with the client's key (RSA, EC P-384), instead of a secret. */
  public void setClientKeyFile(String clientKeyFile) {
    this.clientKeyFile = clientKeyFile;
  }

  public String getClientKeyId() {
    return clientKeyId;
  }

  /** Name of that key at the server. */
  public void setClientKeyId(String clientKeyId) {
    this.clientKeyId = clientKeyId;
  }

  public String getScope() {
    return scope;
  }

  /** What the token is for, such as system/*.read. */
  public void setScope(String scope) {
    this.scope = scope;
  }

  public String getHookSecretFile() {
    return hookSecretFile;
  }

  /** File with the secret that rest-hook notifications must carry. Empty for none. */
  public void setHookSecretFile(String hookSecretFile) {
    this.hookSecretFile = hookSecretFile;
  }

  public long getPollMs() {
    return pollMs;
  }

  /** Rest between two polls. */
  public void setPollMs(long pollMs) {
    if (pollMs < 1) {
      throw new IllegalArgumentException("pollMs must be positive, is " + pollMs);
    }
    this.pollMs = pollMs;
  }

  public long getOverlapMs() {
    return overlapMs;
  }

  /** How far before the newest known change a poll begins again. */
  public void setOverlapMs(long overlapMs) {
    this.overlapMs = overlapMs;
  }

  public long getTimeoutMs() {
    return timeoutMs;
  }

  /** Of one request, to its last byte. */
  public void setTimeoutMs(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  public int getPageSize() {
    return pageSize;
  }

  /** Resources asked for in one page. */
  public void setPageSize(int pageSize) {
    this.pageSize = pageSize;
  }

  @Override
  public boolean isSingleton() {
    return true;
  }
}
