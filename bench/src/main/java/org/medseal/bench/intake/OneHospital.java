package org.medseal.bench.intake;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medseal.client.AdminClient;
import org.medseal.client.ClientException;
import org.medseal.connectors.message.MessageState;
import org.medseal.consortium.ConsortiumPlan;
import org.medseal.consortium.FoundConsortium;
import org.medseal.consortium.FreePorts;
import org.medseal.demo.HospitalProcess;
import org.medseal.demo.Poll;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;

/** A consortium of one in a process of its own, as {@code medseal run} starts it. */
public final class OneHospital implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Pattern COUNT =
      Pattern.compile("medseal_messages\\{state=\"([A-Z_]+)\"} (\\d+)");

  /** In place of the pipeline: takes what no feed sends. */
  private static final String RESTING_PIPELINE =
      """
      - route:
          id: pipeline
          from:
            uri: inbox:nobody
            steps:
              - to:
                  uri: deid:rules
      """;

  private final Home home;
  private final ConsortiumPlan.Endpoints endpoints;
  private final HospitalProcess process;
  private final AdminClient nobody;

  private OneHospital(Home home, ConsortiumPlan.Endpoints endpoints, String authority) {
    this.home = home;
    this.endpoints = endpoints;
    this.process = new HospitalProcess(home, List.of("--unlisted", "local"));
    this.nobody = AdminClient.at(URI.create("https://" + endpoints.admin()), authority);
  }

  /** Founds it below a folder, on whatever ports are free; nothing runs yet. */
  public static OneHospital found(Path folder, int highWater) throws IOException {
    Home home = new Home(folder.toAbsolutePath());
    ConsortiumPlan.Endpoints endpoints = ConsortiumPlan.Endpoints.onLoopback(FreePorts.anywhere());
    ConsortiumPlan.Holder holder = new ConsortiumPlan.Holder(List.of(), Passphrase.generate());
    char[] passphrase = Passphrase.writeGenerated(Passphrase.besideOf(home));
    String authority =
        new FoundConsortium(new SecureRandom(), System.currentTimeMillis())
            .found(
                new ConsortiumPlan(
                    "intake",
                    List.of(
                        new ConsortiumPlan.Hospital(
                            "hospital-1", home.root(), endpoints, 1, passphrase)),
                    new ConsortiumPlan.RoleHolders(holder, holder, holder)));
    Files.writeString(
        home.settingsFile(),
        "\nmedseal.inbox.highWater=" + highWater + "\n",
        StandardOpenOption.APPEND);
    return new OneHospital(home, endpoints, authority);
  }

  /** The same with its pipeline at rest: messages are taken, stored and left. */
  public OneHospital resting() throws IOException {
    Path routes = Files.createDirectories(home.config().resolve("routes"));
    Files.writeString(routes.resolve("pipeline.yaml"), RESTING_PIPELINE);
    return this;
  }

  /** Returns when it takes messages. */
  public void start() {
    process.start();
    Poll.until("the hospital being ready", READY_WITHIN, this::readiness);
  }

  private Optional<Boolean> readiness() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended while starting: " + process.lastWords());
    }
    try {
      boolean ready = nobody.get("/observe/health/ready").status() == 200;
      return Optional.of(ready).filter(Boolean::booleanValue);
    } catch (ClientException notYet) {
      return Optional.empty();
    }
  }

  /** Messages it holds, by state. */
  public Map<MessageState, Long> counts() {
    return counts(nobody);
  }

  private static Map<MessageState, Long> counts(AdminClient hospital) {
    byte[] metrics = hospital.get("/observe/metrics").expect(200).body();
    Map<MessageState, Long> counts = new EnumMap<>(MessageState.class);
    Matcher lines = COUNT.matcher(new String(metrics, java.nio.charset.StandardCharsets.UTF_8));
    while (lines.find()) {
      counts.put(MessageState.valueOf(lines.group(1)), Long.parseLong(lines.group(2)));
    }
    return counts;
  }

  /** Messages it has taken and neither finished nor kept back. */
  public long onTheirWay() {
    return onTheirWay(nobody);
  }

  /** The same of any hospital. */
  static long onTheirWay(AdminClient hospital) {
    return counts(hospital).entrySet().stream()
        .filter(each -> each.getKey().isOpen())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  public Home home() {
    return home;
  }

  public int mllpPort() {
    return endpoints.mllp().port();
  }

  public URI fhir() {
    return URI.create("http://" + endpoints.fhir() + "/fhir");
  }

  /** Its admin endpoint, to somebody who has not logged in. */
  public AdminClient nobody() {
    return nobody;
  }

  public HospitalProcess process() {
    return process;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.stop();
    }
  }
}
