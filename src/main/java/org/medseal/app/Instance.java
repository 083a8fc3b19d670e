package org.medseal.app;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.medseal.admin.AdminLimits;
import org.medseal.admin.AdminServer;
import org.medseal.admin.AdminServices;
import org.medseal.admin.AdminSettings;
import org.medseal.anchoring.Anchoring;
import org.medseal.audit.AuditTrail;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.TrueDatesByRules;
import org.medseal.connectors.fhirsearch.PollStates;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.patient.LocalPatientIndex;
import org.medseal.connectors.reprocess.Reprocessing;
import org.medseal.connectors.seal.RecordSealer;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.doctor.HomeExamination;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Settings;
import org.medseal.home.SettingsSource;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.net.TlsIdentity;
import org.medseal.ledger.node.LedgerNode;
import org.medseal.ledger.node.NodeKeys;
import org.medseal.ledger.node.NodeSettings;
import org.medseal.ledger.store.StoreException;
import org.medseal.mail.Post;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.InstitutionLedger;
import org.medseal.routes.Generations;
import org.medseal.routes.LiveRoutes;
import org.medseal.routes.RouteFiles;
import org.medseal.series.MinuteSeries;
import org.medseal.series.SeriesRecorder;
import org.medseal.users.UserStore;
import org.medseal.users.Waiting;
import org.medseal.watch.Watch;

/**
 * One institution's MedSeal, wired: ledger node, intake and admin endpoint over one home. Opened,
 * started and closed once; what cannot open or start closes whatever was open before.
 */
public final class Instance implements AutoCloseable {
  private static final int EXPIRY_BLOCKS = 2_000;

  private final Home home;
  private final StakeParameters stake;
  private final Settings settings;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final StopSignal stop = new StopSignal();
  private final LedgerNode ledger;
  private final MessageStore messages;
  private final IntakeService intake;
  private final StartedRoutes started;
  private final AdminServer admin;
  private final AuditTrail audit;
  private final Anchoring anchoring;
  private final Housekeeping housekeeping;
  private final Lookout lookout;
  private final SeriesRecorder recorder;

  private Instance(Home home, Settings settings, char[] passphrase) {
    this.home = home;
    this.settings = settings;
    try {
      Installation installation = Installation.here();
      Genesis genesis = GenesisFile.read(home.genesisFile());
      this.stake = genesis.parameters().stake();
      NodeKeyring keyring = keep(NodeKeyring.open(home, genesis.chainId(), passphrase));
      this.ledger = keep(openLedger(genesis, keyring));
      LocalCipher cipher = keep(new LocalCipher(keyring.storageKey()));
      this.messages = keep(MessageStore.open(home.inbox(), home.outbox(), cipher, limits()));
      this.housekeeping = keep(new Housekeeping(messages, settings.contentKept()));
      LocalPatientIndex patients = keep(LocalPatientIndex.open(home.patients(), cipher));
      PseudonymKey consortium = keep(keyring.consortiumPseudonymKey());
      PseudonymKey local = keep(keyring.localPseudonymKey());
      Deidentifiers deidentifiers =
          Deidentifiers.load(installation.config(home), new DeidKeys(consortium, local));
      RouteFiles files = RouteFiles.read(installation.routeFolders(home));
      RouteFiles routes = new Generations(home.generations()).inForce(files);
      this.started = new StartedRoutes(routes, !routes.equals(files));
      this.intake =
          new IntakeService(
              RouteProperties.check(home, settings).require(routes),
              RouteProperties.of(home, settings),
              RouteProperties.beans(home, settings),
              List.of(
                  messages,
                  patients,
                  new PollStates(home.polls(), cipher),
                  deidentifiers,
                  sealer(keyring),
                  ledger,
                  settings.policies()));
      keep(intake);
      this.audit = keep(AuditTrail.open(home.audit()));
      UserStore users =
          keep(
              UserStore.open(
                  home.people(), cipher, new Waiting(settings.registrationLasts(), audit)));
      Post post = keep(new Post(settings.mail(home.root())));
      ActingKeys acting =
          new ActingKeys(
              keep(keyring.institutionKey()),
              keep(keyring.grantKey()),
              List.of(consortium),
              local,
              keep(keyring.memberSecret()));
      this.anchoring =
          keep(
              new Anchoring(
                  new InstitutionLedger(ledger, acting, Duration.ZERO),
                  audit,
                  InstantSource.system()));
      Watch watch = new Watch(settings.watching(), InstantSource.system());
      this.lookout =
          keep(
              new Lookout(watch, messages, intake.feeds(), ledger::status, home.root(), anchoring));
      MinuteSeries series = new MinuteSeries(InstantSource.system());
      this.recorder = keep(new SeriesRecorder(series, messages, ledger, InstantSource.system()));
      this.admin =
          keep(
              new AdminServer(
                  new AdminServices(
                      ledger,
                      acting,
                      new AdminServices.Patients(
                          IdentifierAuthorities.load(
                              installation.config(home).resolve("identifiers.yaml")),
                          patients::find,
                          TrueDatesByRules.load(installation.config(home))),
                      new AdminServices.Intake(
                          messages,
                          intake.feeds(),
                          new Reprocessing(messages, deidentifiers::forFormat, settings.policies()),
                          watch,
                          series),
                      new AdminServices.People(users, audit, home.keys(), post),
                      () ->
                          new HomeExamination(home, settings)
                              .whileRunning(genesis, ledger.status())),
                  adminSettings(keyring)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What the feeds are started with, and whether the files in the folders are others. */
  private record StartedRoutes(RouteFiles files, boolean differ) {}

  /**
   * Opens everything of a home; nothing listens yet. HomeException in one line when something is
   * wrong.
   */
  public static Instance open(InstanceOptions options, char[] passphrase) {
    Home home = options.home();
    Settings settings =
        Settings.of(
            new SettingsSource()
                .over(Installation.here().settingsFile())
                .over(home.settingsFile())
                .over(options.overrides(), "the command line"));
    home.create();
    try {
      return new Instance(home, settings, passphrase);
    } catch (StoreException e) {
      boolean locked = e.reason() == StoreException.Reason.LOCKED;
      throw locked ? alreadyRunning(home, e) : e;
    } catch (JournalException e) {
      boolean locked = e.reason() == JournalException.Reason.LOCKED;
      throw locked ? alreadyRunning(home, e) : e;
    }
  }

  private static HomeException alreadyRunning(Home home, RuntimeException cause) {
    return new HomeException(
        HomeException.Reason.ALREADY_RUNNING,
        "another instance is running from " + home.root(),
        cause);
  }

  /** Joins the network, takes messages, lets people in; in this order. */
  public void start() {
    FreePort.require("medseal.peer.bind", settings.peer());
    FreePort.require("medseal.fhir.port", settings.fhir());
    FreePort.require("medseal.admin.port", settings.admin());
    ledger.start();
    anchoring.start();
    intake.start();
    keep(
        LiveRoutes.open(
            new Generations(home.generations()),
            new LiveRoutes.Started(
                intake::context, started.files(), RouteProperties.check(home, settings)),
            (who, generation, done) -> RouteAudit.note(audit, who, generation, done)));
    admin.start();
    housekeeping.start();
    lookout.start();
    recorder.start();
  }

  /** What came in and what became of it. */
  public MessageStore messages() {
    return messages;
  }

  /** Where to send what, a line each. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add(settings.institution() + " runs from " + home.root());
    lines.add("HL7 v2 over MLLP   " + settings.mllp());
    lines.add("DICOM C-STORE      " + settings.dicom().endpoint());
    String scheme = settings.fhirTls(home.root()).isPresent() ? "https" : "http";
    lines.add("DICOM STOW-RS      " + scheme + "://" + settings.fhir() + "/dicom-web");
    lines.add("FHIR R4            " + scheme + "://" + settings.fhir() + "/fhir");
    lines.add(
        "files              "
            + home.drop("hl7")
            + ", "
            + home.drop("fhir")
            + ", "
            + home.drop("dicom"));
    lines.add("admin endpoint     https://" + settings.admin());
    lines.add("ledger node        " + settings.peer());
    intake.feeds().feeds().stream()
        .filter(feed -> feed.failure().isPresent())
        .forEach(
            feed -> lines.add("WARNING: feed " + feed.id() + ": " + feed.failure().orElseThrow()));
    settings.warnings().forEach(words -> lines.add("WARNING: " + words + "."));
    if (started.differ()) {
      lines.add("WARNING: route files differ from those in force: see medseal routes plan.");
    }
    anchoring.fault().ifPresent(words -> lines.add("WARNING: " + words + "."));
    lines.addAll(TrustWarnings.of(stake, ledger.status().waiting()));
    if (ledger.view().institutions().size() < 4) {
      lines.add(
          "WARNING: fewer than four institutions: this institution is not anonymous, and tracing"
              + " tells nothing new.");
    }
    return lines;
  }

  /**
   * Returns when the process is asked to end, or the given process has ended; with the reason when
   * the ledger node has stopped for good, in which case nothing may go on here.
   */
  public Optional<String> runUntilStopped(Optional<Long> parent) {
    ledger.onFailure(cause -> stop.failed("the ledger node has stopped: " + cause.getMessage()));
    return stop.await(parent);
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable last = opened.pop();
      try {
        last.close();
      } catch (Exception e) { // the edge: the rest must be closed too
        System.err.println("medseal: " + last.getClass().getSimpleName() + " did not close: " + e);
      }
    }
    stop.closed();
  }

  private <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }

  private LedgerNode openLedger(Genesis genesis, NodeKeyring keyring) {
    NodeSettings plain =
        NodeSettings.of(
            home.root(),
            genesis,
            settings.institution(),
            new InetSocketAddress(settings.peer().host(), settings.peer().port()));
    NodeSettings placed = settings.joining() ? plain.asJoining() : plain;
    NodeSettings checked = settings.trusted().map(placed::withTrusted).orElse(placed);
    NodeSettings joined = checked.withSnapshots(settings.snapshotting());
    OptionalLong reserve = settings.diskReserveBytes();
    NodeSettings node = reserve.isPresent() ? joined.withDiskReserve(reserve.getAsLong()) : joined;
    TlsIdentity identity = new TlsIdentity(keyring.peerTlsCertificate(), keyring.peerTlsKey());
    List<Ed25519PrivateKey> validators = keyring.validatorKeys();
    validators.forEach(this::keep);
    return LedgerNode.open(node, new NodeKeys(validators, identity));
  }

  private RecordSealer sealer(NodeKeyring keyring) {
    SecretBytes erase = keep(keyring.eraseKey());
    return new RecordSealer(
        ledger,
        new RecordSealer.Keys(keep(keyring.memberSecret()), erase, EXPIRY_BLOCKS),
        new SecureRandom(),
        InstantSource.system());
  }

  private AdminSettings adminSettings(NodeKeyring keyring) {
    return new AdminSettings(
        settings.admin().host(),
        settings.admin().port(),
        home.adminCertificate(),
        keyring.adminTlsKey(),
        AdminLimits.defaults().with(settings.requestTerms()));
  }

  private MessageLimits limits() {
    MessageLimits usual = MessageLimits.defaults();
    return new MessageLimits(
            usual.maxMessageBytes(),
            settings.inboxHighWater(),
            usual.maxOpenBytes(),
            usual.finishedKept())
        .withDuplicatesKept(settings.duplicatesKept());
  }
}
