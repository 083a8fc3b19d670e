package org.medseal.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.medseal.home.Endpoint;
import org.medseal.home.Home;
import org.medseal.home.Settings;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.model.Genesis;

/** What can be seen of a home from outside: files, ports, disk, certificate, genesis, clock. */
public final class HomeExamination {
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final Duration CERTIFICATE_SOON = Duration.ofDays(30);
  private static final int ANONYMOUS_FROM = 4;
  private static final Instant CERTAINLY_PAST = Instant.parse("2025-01-01T00:00:00Z");

  private final Home home;
  private final Settings settings;

  public HomeExamination(Home home, Settings settings) {
    this.home = home;
    this.settings = settings;
  }

  /** All of them; an instance that runs holds the ports. */
  public List<Finding> findings(Genesis genesis, Presence instance, Instant now) {
    List<Finding> all = new ArrayList<>();
    settings.warnings().forEach(words -> all.add(Finding.warn("settings", words)));
    all.add(permissions());
    all.add(port("medseal.peer.bind", settings.peer(), instance));
    all.add(port("medseal.mllp.port", settings.mllp(), instance));
    all.add(port("medseal.dicom.port", settings.dicom().endpoint(), instance));
    all.add(port("medseal.fhir.port", settings.fhir(), instance));
    all.add(port("medseal.admin.port", settings.admin(), instance));
    all.add(disk());
    all.add(certificate(now));
    all.add(anonymity(genesis));
    all.add(clock(now));
    return all;
  }

  /** Seen from the instance itself, whose settings were taken at its start. */
  public List<Finding> whileRunning(Genesis genesis, EngineStatus ledger) {
    List<Finding> all = new ArrayList<>();
    all.add(Finding.ok("settings", "all are known and well-formed"));
    all.addAll(findings(genesis, Presence.RUNNING, Instant.now()));
    ledger.peers().stream()
        .filter(each -> !each.refused().isEmpty())
        .forEach(each -> all.add(refused(each.institution(), each.refused())));
    return all;
  }

  /** Another institution's node that this one does not let in, and why. */
  public static Finding refused(String institution, String why) {
    return Finding.warn("ledger peers", institution + " is refused: " + why);
  }

  private Finding permissions() {
    List<String> open = new ArrayList<>();
    try (Stream<Path> keys = Files.list(home.keys())) {
      for (Path file : keys.filter(f -> f.toString().endsWith(".keys")).toList()) {
        if (canBeUsedByOthers(file)) {
          open.add(file.toString());
        }
      }
      if (canBeUsedByOthers(home.root())) {
        open.add(home.root().toString());
      }
    } catch (IOException e) {
      return Finding.fail("permissions", home.keys() + " cannot be looked into");
    }
    return open.isEmpty()
        ? Finding.ok("permissions", "home and keys are their owner's alone")
        : Finding.fail("permissions", "others can use " + open + ": chmod go-rwx");
  }

  private static boolean canBeUsedByOthers(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
  }

  private static Finding port(String key, Endpoint endpoint, Presence instance) {
    String check = "port " + key;
    if (isFree(endpoint)) {
      return instance == Presence.RUNNING
          ? Finding.fail(check, "nothing listens on " + endpoint + ": see medseal feeds")
          : Finding.ok(check, endpoint + " is free");
    }
    return switch (instance) {
      case ABSENT ->
          Finding.fail(check, endpoint + " is taken by another program, or no address here");
      case STARTING ->
          Finding.warn(
              check, endpoint + " is in use, by the instance that starts or another program");
      case RUNNING -> Finding.ok(check, endpoint + " is in use, as it should be");
    };
  }

  private static boolean isFree(Endpoint endpoint) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(endpoint.host(), endpoint.port()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Finding disk() {
    try {
      FileStore store = Files.getFileStore(home.root());
      long free = store.getUsableSpace();
      String words = (free >> 20) + " of " + (store.getTotalSpace() >> 20) + " MB free";
      int low = settings.watching().diskFreePercent();
      return free < store.getTotalSpace() / 100 * low
          ? Finding.warn("disk", words + ", less than " + low + " percent")
          : Finding.ok("disk", words);
    } catch (IOException e) {
      return Finding.fail("disk", home.root() + " cannot be looked at");
    }
  }

  private Finding certificate(Instant now) {
    String check = "certificate";
    try (InputStream in = Files.newInputStream(home.adminCertificate())) {
      X509Certificate shown =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      Instant until = shown.getNotAfter().toInstant();
      String words = "the admin endpoint's certificate ends on " + until;
      if (!now.isBefore(until)) {
        return Finding.fail(check, words + ": keys rotate admin-tls");
      }
      return now.plus(CERTIFICATE_SOON).isAfter(until)
          ? Finding.warn(check, words + ": keys rotate admin-tls")
          : Finding.ok(check, words);
    } catch (IOException | GeneralSecurityException e) {
      return Finding.fail(check, home.adminCertificate() + " cannot be read");
    }
  }

  private static Finding anonymity(Genesis genesis) {
    int members = genesis.institutions().size();
    String words = "the genesis names " + members + " institutions";
    return members >= ANONYMOUS_FROM
        ? Finding.ok("anonymity", words)
        : Finding.warn(
            "anonymity",
            words
                + ": below "
                + ANONYMOUS_FROM
                + " none is anonymous, and tracing tells nothing new");
  }

  private static Finding clock(Instant now) {
    return now.isBefore(CERTAINLY_PAST)
        ? Finding.fail("clock", "the clock says " + now + ": set it")
        : Finding.ok("clock", "the clock says " + now);
  }
}
