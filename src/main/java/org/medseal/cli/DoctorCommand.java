package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.app.Installation;
import org.medseal.app.RouteProperties;
import org.medseal.client.AdminClient;
import org.medseal.client.ClientException;
import org.medseal.doctor.Finding;
import org.medseal.doctor.Findings;
import org.medseal.doctor.HomeExamination;
import org.medseal.doctor.Presence;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.Occupant;
import org.medseal.home.Settings;
import org.medseal.ledger.genesis.GenesisException;
import org.medseal.ledger.model.Genesis;
import org.medseal.routes.Generations;
import org.medseal.routes.RouteException;
import org.medseal.routes.RouteFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medseal doctor}: looks at everything a start needs and changes nothing. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Looks at a home, running or not: settings, genesis, permissions, keys, routes, ports,"
            + " disk, clock, certificate, anonymity. Exit code 1 if something keeps it from running"
            + " well.")
final class DoctorCommand implements Callable<Integer> {
  /** A clock this far behind the ledger's is worth a word. */
  private static final Duration CLOCK_APART = Duration.ofSeconds(30);

  @Mixin private AtHome at;
  @Mixin private Output output;

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    examine(at.home(), findings);
    Findings found = new Findings(findings);
    output.print(
        found.json(),
        out ->
            findings.forEach(
                each ->
                    out.printf(
                        "%-5s %-24s %s%n",
                        each.level().name().toLowerCase(Locale.ROOT), each.check(), each.words())));
    return found.well() ? 0 : MedSeal.FAILED;
  }

  private void examine(Home home, List<Finding> findings) {
    try {
      Settings settings = RunningNode.settings(home);
      findings.add(Finding.ok("settings", "all are known and well-formed"));
      Genesis genesis = at.genesis();
      findings.add(Finding.ok("genesis", "chain " + genesis.chainId()));
      findings.add(keys());
      findings.add(routes(home, settings));
      Running running = running(home, settings);
      findings.addAll(
          new HomeExamination(home, settings).findings(genesis, running.presence(), Instant.now()));
      findings.addAll(running.findings());
    } catch (HomeException e) {
      findings.add(Finding.fail("settings", e.getMessage()));
    } catch (GenesisException e) {
      findings.add(Finding.fail("genesis", e.getMessage()));
    }
  }

  private Finding keys() {
    try {
      int entries = at.unlocked(own -> own.keyring().names().size());
      return Finding.ok("keys", "node.keys opens, " + entries + " entries");
    } catch (HomeException e) {
      return Finding.fail("keys", e.getMessage());
    }
  }

  private static Finding routes(Home home, Settings settings) {
    try {
      RouteFiles files = RouteFiles.read(Installation.here().routeFolders(home));
      RouteFiles inForce = new Generations(home.generations()).inForce(files);
      RouteProperties.check(home, settings).require(inForce);
      return inForce.equals(files)
          ? Finding.ok("routes", inForce.byName().size() + " files, all usable")
          : Finding.warn("routes", "the files are not those in force: see routes plan");
    } catch (RouteException e) {
      return Finding.fail("routes", e.getMessage());
    }
  }

  private record Running(Presence presence, List<Finding> findings) {}

  /**
   * Whether one runs is seen by its lock: on a busy machine it may be long in answering. 503 is an
   * answer too.
   */
  private Running running(Home home, Settings settings) {
    try {
      Optional<JsonNode> health =
          at.node().answerIfRunning("/observe/health/ready").map(AdminClient.Answer::json);
      if (health.isPresent()) {
        List<Finding> all = of(health.get());
        at.node().answerIfRunning("/observe/ledger").ifPresent(each -> all.addAll(refused(each)));
        return new Running(Presence.RUNNING, all);
      }
      return Occupant.isIn(home)
          ? new Running(Presence.STARTING, List.of(starting(settings)))
          : new Running(Presence.ABSENT, List.of());
    } catch (ClientException e) {
      return Occupant.isIn(home)
          ? new Running(Presence.RUNNING, List.of(silent(e)))
          : new Running(Presence.ABSENT, List.of());
    }
  }

  private static Finding starting(Settings settings) {
    return Finding.warn(
        "running",
        "an instance holds this home and nothing listens on "
            + settings.admin()
            + " yet: it is starting, or see its log");
  }

  private static Finding silent(ClientException e) {
    return Finding.fail(
        "running", "an instance holds this home and cannot be asked: " + e.getMessage());
  }

  private static List<Finding> refused(AdminClient.Answer ledger) {
    List<Finding> findings = new ArrayList<>();
    for (JsonNode peer : ledger.json().path("consensus").path("peers")) {
      if (peer.has("refused")) {
        findings.add(
            HomeExamination.refused(
                peer.path("institution").asText(), peer.path("refused").asText()));
      }
    }
    return findings;
  }

  private static List<Finding> of(JsonNode health) {
    List<Finding> findings = new ArrayList<>();
    String words = "an instance runs: " + health.path("checks");
    boolean up = health.path("status").asText().equals("UP");
    findings.add(up ? Finding.ok("running", words) : Finding.fail("running", words));
    Instant ledger = Instant.ofEpochMilli(health.path("ledgerTimeMs").asLong());
    Duration ahead = Duration.between(Instant.now(), ledger);
    if (ahead.compareTo(CLOCK_APART) > 0) {
      findings.add(
          Finding.warn("clock", "blocks are " + ahead.toSeconds() + " s ahead: set it by NTP"));
    }
    for (JsonNode alert : health.path("alerts")) {
      findings.add(Finding.warn("alert", alert.path("sentence").asText()));
    }
    return findings;
  }
}
