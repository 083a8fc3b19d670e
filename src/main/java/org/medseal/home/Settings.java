package org.medseal.home;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.medseal.connectors.deid.FeedPolicies;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.RecordUnit;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.httpaccess.HttpAccess;
import org.medseal.connectors.inbox.FileRests;
import org.medseal.connectors.intake.LineSettings;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.mllp.FeedTls;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.node.NodeSettings.Snapshotting;
import org.medseal.mail.MailSettings;
import org.medseal.requests.RequestTerms;
import org.medseal.watch.WatchLimits;

/**
 * An institution's settings, checked when read: what is wrong stops the start, named by key and
 * file.
 */
public record Settings(
    String institution,
    Endpoint mllp,
    DicomSettings dicom,
    Endpoint fhir,
    Endpoint admin,
    Endpoint peer,
    UnlistedAuthority unlisted,
    int inboxHighWater,
    SettingsSource source) {
  private static final Set<String> KEYS =
      Set.of(
          "medseal.institution",
          "medseal.mllp.host",
          "medseal.mllp.port",
          "medseal.dicom.host",
          "medseal.dicom.port",
          "medseal.dicom.aeTitle",
          "medseal.dicom.callingAeTitles",
          "medseal.dicom.storingAeTitles",
          "medseal.dicom.moreSopClasses",
          "medseal.dicom.refuseUserIdentity",
          "medseal.fhir.host",
          "medseal.fhir.port",
          "medseal.fhir.tls.certificate",
          "medseal.fhir.tls.key",
          "medseal.admin.host",
          "medseal.admin.port",
          "medseal.peer.bind",
          "medseal.unlisted",
          "medseal.inbox.highWater",
          "medseal.inbox.keepDays",
          "medseal.inbox.duplicatesKept",
          "medseal.disk.lowPercent",
          "medseal.quarantine.warnPercent",
          "medseal.ledger.checkpoint",
          "medseal.ledger.joining",
          "medseal.ledger.joinBySnapshot",
          "medseal.ledger.snapshotBlocks",
          "medseal.blobs.reserveBytes",
          "medseal.requests.answerDays",
          "medseal.requests.validDays",
          "medseal.users.registrationDays");
  private static final Duration CONTENT_KEPT = Duration.ofDays(30);
  private static final Pattern FEED_KEY =
      Pattern.compile(
          "medseal\\.feed\\.([A-Za-z0-9-]+)\\."
              + "(unlisted|authority|charset|baseUrl|records|silentMinutes|tls\\.(?:certificate|key|clientCa)|http\\.(?:clientCa|tokens))");

  static boolean knows(String key) {
    return KEYS.contains(key) || MailSource.KEYS.contains(key) || FEED_KEY.matcher(key).matches();
  }

  /** Reads and checks all of them. */
  public static Settings of(SettingsSource source) {
    for (String key : source.keys()) {
      if (key.startsWith("medseal.") && !knows(key)) {
        throw source.wrong(key, "unknown setting");
      }
    }
    Settings settings =
        new Settings(
            source.get("medseal.institution"),
            endpoint(source, "medseal.mllp"),
            DicomSettings.of(source, endpoint(source, "medseal.dicom")),
            endpoint(source, "medseal.fhir"),
            endpoint(source, "medseal.admin"),
            source.parsed("medseal.peer.bind", Endpoint::parse),
            source.parsed("medseal.unlisted", Settings::unlistedAuthority),
            source.parsed("medseal.inbox.highWater", Settings::positive),
            source);
    settings.feedNames().forEach(settings::policy);
    settings.lines(Path.of(""));
    settings.trusted();
    settings.fhirTls(Path.of(""));
    settings.httpAccess(Path.of(""));
    settings.joining();
    settings.snapshotting();
    settings.diskReserveBytes();
    settings.fileRests();
    settings.duplicatesKept();
    settings.contentKept();
    settings.watching();
    settings.requestTerms();
    settings.registrationLasts();
    settings.mail(Path.of(""));
    return settings;
  }

  /** The server that takes letters to users; its files lie relative to the home. */
  public Optional<MailSettings> mail(Path home) {
    return MailSource.of(source, admin, home);
  }

  /** A block of the chain given out of band; empty for none. */
  public Optional<Checkpoint> checkpoint() {
    return trusted().flatMap(TrustedBlock::checkpoint);
  }

  /** The same, {@code HEIGHT:HASH}, or with the day on which it was the newest. */
  public Optional<TrustedBlock> trusted() {
    return source.found("medseal.ledger.checkpoint", TrustedBlock::parse);
  }

  /**
   * Whether the institution may be one the genesis does not name, or not as it is now: its node
   * follows until the consortium has admitted it.
   */
  public boolean joining() {
    return source.found("medseal.ledger.joining", Settings::yesOrNo).orElse(false);
  }

  /** How an empty home begins, and how often others are given something to begin with. */
  public Snapshotting snapshotting() {
    String join = "medseal.ledger.joinBySnapshot";
    boolean joins = source.found(join, Settings::yesOrNo).orElse(false);
    if (joins && checkpoint().isEmpty()) {
      throw source.wrong(
          join, "a snapshot is believed for a checkpoint: set medseal.ledger.checkpoint");
    }
    int every =
        source
            .found("medseal.ledger.snapshotBlocks", Settings::zeroOrMore)
            .orElse(Snapshotting.STANDARD.everyBlocks());
    return new Snapshotting(every, joins);
  }

  /** Of the disk under {@code blobs/}, never used for others' chunks; empty for the usual part. */
  public OptionalLong diskReserveBytes() {
    return source
        .found("medseal.blobs.reserveBytes", Settings::bytes)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static long bytes(String text) {
    long bytes = Long.parseLong(text);
    if (bytes < 0) {
      throw new IllegalArgumentException("must be 0 or more");
    }
    return bytes;
  }

  /** How long a picked-up file has not grown before it is taken. */
  public FileRests fileRests() {
    return new FileRests(
        milliseconds("drop.unmarkedRestMs", FileRests.STANDARD.unmarked()),
        milliseconds("drop.unfinishedRestMs", FileRests.STANDARD.unfinished()));
  }

  private Duration milliseconds(String key, Duration otherwise) {
    return source.found(key, Settings::positive).map(Duration::ofMillis).orElse(otherwise);
  }

  /** Finished messages of which no more is known than that they came. */
  public int duplicatesKept() {
    return source
        .found(
            "medseal.inbox.duplicatesKept",
            text -> atMost(MessageLimits.MOST_DUPLICATES, zeroOrMore(text)))
        .orElse(MessageLimits.defaults().duplicatesKept());
  }

  /** How long the content of a message is kept after its commit. */
  public Duration contentKept() {
    return source
        .found("medseal.inbox.keepDays", Settings::positive)
        .map(Duration::ofDays)
        .orElse(CONTENT_KEPT);
  }

  /** How long requests for records wait for an answer, and how long what is granted opens. */
  public RequestTerms requestTerms() {
    return new RequestTerms(
        days("medseal.requests.answerDays", RequestTerms.STANDARD.answerWithin()),
        days("medseal.requests.validDays", RequestTerms.STANDARD.validFor()));
  }

  /** How long somebody who registered waits for an administrator before the login is free again. */
  public Duration registrationLasts() {
    return days("medseal.users.registrationDays", Duration.ofDays(14));
  }

  private Duration days(String key, Duration otherwise) {
    return source
        .found(key, text -> atMost(RequestTerms.MOST_DAYS, positive(text)))
        .map(Duration::ofDays)
        .orElse(otherwise);
  }

  /** When hospital IT is told that something is the matter. */
  public WatchLimits watching() {
    Map<String, Duration> silence = new TreeMap<>();
    for (String feed : feedNames()) {
      String key = "medseal.feed." + feed + ".silentMinutes";
      source
          .found(key, Settings::positive)
          .ifPresent(minutes -> silence.put(feed, Duration.ofMinutes(minutes)));
    }
    return new WatchLimits(
        silence,
        inboxHighWater,
        percent("medseal.disk.lowPercent", 10),
        percent("medseal.quarantine.warnPercent", 20));
  }

  private int percent(String key, int otherwise) {
    return source.found(key, text -> atMost(100, positive(text))).orElse(otherwise);
  }

  private static int atMost(int most, int value) {
    if (value > most) {
      throw new IllegalArgumentException("more than " + most);
    }
    return value;
  }

  private static int zeroOrMore(String text) {
    int number = Integer.parseInt(text);
    if (number < 0) {
      throw new IllegalArgumentException("must be 0 or more");
    }
    return number;
  }

  static boolean yesOrNo(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new IllegalArgumentException("must be true or false");
  }

  /** How a feed's messages are treated; the general settings where it has none of its own. */
  public FeedPolicy policy(String feed) {
    String prefix = "medseal.feed." + feed + ".";
    return new FeedPolicy(
        feed,
        source.find(prefix + "authority"),
        source.found(prefix + "unlisted", Settings::unlistedAuthority).orElse(unlisted),
        source.found(prefix + "charset", Charset::forName),
        source.find(prefix + "baseUrl"),
        source.found(prefix + "records", Settings::recordUnit).orElse(RecordUnit.PATIENT));
  }

  /** Of every feed. */
  public FeedPolicies policies() {
    Map<String, FeedPolicy> byFeed = new TreeMap<>();
    feedNames().forEach(name -> byFeed.put(name, policy(name)));
    return new FeedPolicies(byFeed, unlisted);
  }

  /** MLLP lines that are not as usual, by feed; files of TLS lie relative to the home. */
  public Map<String, LineSettings> lines(Path home) {
    Map<String, LineSettings> all = new TreeMap<>();
    for (String feed : feedNames()) {
      LineSettings line = new LineSettings(policy(feed).defaultCharset(), tls(feed, home));
      if (line.charset().isPresent() || line.tls().isPresent()) {
        all.put(feed, line);
      }
    }
    return all;
  }

  /** Whether a feed is to be listened to by TLS. */
  public boolean hasTls() {
    return lines(Path.of("")).values().stream().anyMatch(line -> line.tls().isPresent());
  }

  /** Of the listener for FHIR; its files lie relative to the home. */
  public Optional<FeedTls> fhirTls(Path home) {
    return tlsOf("medseal.fhir.tls.", home);
  }

  /** Feeds that not everybody may send to over HTTP; files lie relative to the home. */
  public Map<String, HttpAccess> httpAccess(Path home) {
    return HttpAccessSettings.of(source, feedNames(), home, fhirTls(home).isPresent());
  }

  /** What may be set so but is hardly meant, a sentence each. */
  public List<String> warnings() {
    Path any = Path.of("");
    return HttpAccessSettings.warnings(httpAccess(any), fhir, fhirTls(any).isPresent());
  }

  private Optional<FeedTls> tls(String feed, Path home) {
    return tlsOf("medseal.feed." + feed + ".tls.", home);
  }

  private Optional<FeedTls> tlsOf(String prefix, Path home) {
    Optional<Path> clientCa = source.find(prefix + "clientCa").map(home::resolve);
    boolean none =
        clientCa.isEmpty()
            && source.find(prefix + "certificate").isEmpty()
            && source.find(prefix + "key").isEmpty();
    return none
        ? Optional.empty()
        : Optional.of(
            new FeedTls(
                home.resolve(source.get(prefix + "certificate")),
                home.resolve(source.get(prefix + "key")),
                clientCa));
  }

  private Set<String> feedNames() {
    Set<String> names = new TreeSet<>();
    for (String key : source.keys()) {
      var matcher = FEED_KEY.matcher(key);
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  private static Endpoint endpoint(SettingsSource source, String prefix) {
    String host = source.get(prefix + ".host");
    return source.parsed(prefix + ".port", port -> new Endpoint(host, Integer.parseInt(port)));
  }

  private static int positive(String text) {
    int value = Integer.parseInt(text);
    if (value < 1) {
      throw new IllegalArgumentException("not positive");
    }
    return value;
  }

  private static RecordUnit recordUnit(String text) {
    return RecordUnit.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static UnlistedAuthority unlistedAuthority(String text) {
    return UnlistedAuthority.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
