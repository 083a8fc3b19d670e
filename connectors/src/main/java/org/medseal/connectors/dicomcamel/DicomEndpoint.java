package org.medseal.connectors.dicomcamel;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.medseal.connectors.dicomnet.AePolicy;
import org.medseal.connectors.dicomnet.AssociationLimits;
import org.medseal.connectors.dicomnet.AssociationTimers;
import org.medseal.connectors.dicomnet.LineTls;
import org.medseal.connectors.dicomnet.ScpSettings;
import org.medseal.connectors.dicomnet.ScuSettings;

/** Options of {@code dicom:}; setters are called by Camel before the start. */
public final class DicomEndpoint extends DefaultEndpoint {
  private static final String ANY = "*";
  private static final String NONE = "none";
  private static final String OWN_TITLE = "MEDSEAL";

  private final String host;
  private final int port;
  private String aeTitle = ANY;
  private String calledAeTitle = "ANY-SCP";
  private String callingAeTitles = ANY;
  private String storingAeTitles = ANY;
  private String moreSopClasses = NONE;
  private boolean refuseUserIdentity;
  private int maxPduBytes = AssociationLimits.defaults().maxPduBytes();
  private int maxAssociations = AssociationLimits.defaults().maxAssociations();
  private long maxObjectBytes = AssociationLimits.defaults().maxObjectBytes();
  private long artimMs = AssociationTimers.defaults().artim().toMillis();
  private long idleMs = AssociationTimers.defaults().idle().toMillis();
  private long dataMs = AssociationTimers.defaults().data().toMillis();
  private long writeMs = AssociationTimers.defaults().write().toMillis();
  private boolean ssl;
  private boolean needClientAuth;
  private SSLContextParameters sslContextParameters;

  DicomEndpoint(String uri, DicomComponent component, String host, int port) {
    super(uri, component);
    this.host = host;
    this.port = port;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    DicomConsumer consumer = new DicomConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    return new DicomProducer(this);
  }

  /** What a consumer listens with; IllegalArgumentException for what cannot be. */
  ScpSettings server() {
    return new ScpSettings(
        new InetSocketAddress(host, port),
        new AePolicy(
            titles(aeTitle),
            titles(callingAeTitles),
            storing(),
            moreSopClasses.equals(NONE) ? Set.of() : listed(moreSopClasses),
            refuseUserIdentity),
        new AssociationLimits(maxPduBytes, maxAssociations, maxObjectBytes),
        timers(),
        Optional.empty());
  }

  /** The same with TLS, where its files are read. */
  ScpSettings serverWithTls() throws Exception {
    ScpSettings plain = server();
    return new ScpSettings(plain.address(), plain.policy(), plain.limits(), plain.timers(), tls());
  }

  /** Whom a producer calls. */
  ScuSettings client() throws Exception {
    return new ScuSettings(
        new InetSocketAddress(host, port),
        calledAeTitle,
        aeTitle.equals(ANY) ? OWN_TITLE : aeTitle,
        timers(),
        tls());
  }

  private AssociationTimers timers() {
    return new AssociationTimers(
        Duration.ofMillis(artimMs),
        Duration.ofMillis(idleMs),
        Duration.ofMillis(dataMs),
        Duration.ofMillis(writeMs));
  }

  private Optional<LineTls> tls() throws Exception {
    if (!ssl) {
      return Optional.empty();
    }
    if (sslContextParameters == null) {
      throw new IllegalArgumentException("dicom: ssl needs sslContextParameters");
    }
    return Optional.of(
        new LineTls(sslContextParameters.createSSLContext(getCamelContext()), needClientAuth));
  }

  private static Set<String> titles(String text) {
    return text.equals(ANY) ? Set.of() : listed(text);
  }

  private Optional<Set<String>> storing() {
    return switch (storingAeTitles) {
      case ANY -> Optional.empty();
      case NONE -> Optional.of(Set.of());
      default -> Optional.of(listed(storingAeTitles));
    };
  }

  /** What is empty would let in everybody, or nobody, so it has to be said by its sign. */
  private static Set<String> listed(String text) {
    Set<String> each =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .collect(Collectors.toUnmodifiableSet());
    if (each.contains("") || each.contains(ANY) || each.contains(NONE)) {
      throw new IllegalArgumentException("dicom: not a list with commas: " + text);
    }
    return each;
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  public String getAeTitle() {
    return aeTitle;
  }

  /** Titles a consumer answers to, with commas, {@code *} for any; a producer's own title. */
  public void setAeTitle(String aeTitle) {
    this.aeTitle = aeTitle;
  }

  public String getCalledAeTitle() {
    return calledAeTitle;
  }

  /** Title of a producer's peer. */
  public void setCalledAeTitle(String calledAeTitle) {
    this.calledAeTitle = calledAeTitle;
  }

  public String getCallingAeTitles() {
    return callingAeTitles;
  }

  /** Titles that may open an association, with commas; {@code *} for any. */
  public void setCallingAeTitles(String callingAeTitles) {
    this.callingAeTitles = callingAeTitles;
  }

  public String getStoringAeTitles() {
    return storingAeTitles;
  }

  /** Those of them that may store, with commas, {@code *} for all, {@code none} for nobody. */
  public void setStoringAeTitles(String storingAeTitles) {
    this.storingAeTitles = storingAeTitles;
  }

  public String getMoreSopClasses() {
    return moreSopClasses;
  }

  /** UIDs taken besides the standard's storage classes, with commas; {@code none}. */
  public void setMoreSopClasses(String moreSopClasses) {
    this.moreSopClasses = moreSopClasses;
  }

  public boolean isRefuseUserIdentity() {
    return refuseUserIdentity;
  }

  /** Requests with a user identity are rejected; nobody here can check one. */
  public void setRefuseUserIdentity(boolean refuseUserIdentity) {
    this.refuseUserIdentity = refuseUserIdentity;
  }

  public int getMaxPduBytes() {
    return maxPduBytes;
  }

  /** Longest P-DATA-TF taken; what the peer is told. */
  public void setMaxPduBytes(int maxPduBytes) {
    this.maxPduBytes = maxPduBytes;
  }

  public int getMaxAssociations() {
    return maxAssociations;
  }

  /** At once; further ones are rejected for now. */
  public void setMaxAssociations(int maxAssociations) {
    this.maxAssociations = maxAssociations;
  }

  public long getMaxObjectBytes() {
    return maxObjectBytes;
  }

  /** Beyond it an association is aborted. */
  public void setMaxObjectBytes(long maxObjectBytes) {
    this.maxObjectBytes = maxObjectBytes;
  }

  public long getArtimMs() {
    return artimMs;
  }

  /** For a peer's request after its connection, and for its close. */
  public void setArtimMs(long artimMs) {
    this.artimMs = artimMs;
  }

  public long getIdleMs() {
    return idleMs;
  }

  /** Longest pause between two messages of an association. */
  public void setIdleMs(long idleMs) {
    this.idleMs = idleMs;
  }

  public long getDataMs() {
    return dataMs;
  }

  /** For the next whole PDU inside a message, or for an answer. */
  public void setDataMs(long dataMs) {
    this.dataMs = dataMs;
  }

  public long getWriteMs() {
    return writeMs;
  }

  /** Until the peer has taken what is sent. */
  public void setWriteMs(long writeMs) {
    this.writeMs = writeMs;
  }

  public boolean isSsl() {
    return ssl;
  }

  /** TLS 1.2 and 1.3 only. */
  public void setSsl(boolean ssl) {
    this.ssl = ssl;
  }

  public boolean isNeedClientAuth() {
    return needClientAuth;
  }

  /** A consumer refuses peers without a certificate. */
  public void setNeedClientAuth(boolean needClientAuth) {
    this.needClientAuth = needClientAuth;
  }

  public SSLContextParameters getSslContextParameters() {
    return sslContextParameters;
  }

  /** Certificates and keys; required with ssl. */
  public void setSslContextParameters(SSLContextParameters sslContextParameters) {
    this.sslContextParameters = sslContextParameters;
  }
}
