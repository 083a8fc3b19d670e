package org.medseal.connectors.intake;

import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.netty.NettyComponent;
import org.apache.camel.component.netty.NettyConfiguration;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.medseal.connectors.deid.FeedPolicies;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicomcamel.DicomConsumer;
import org.medseal.connectors.fhirsearch.PollStates;
import org.medseal.connectors.httpaccess.HttpAccess;
import org.medseal.connectors.httpaccess.RouteReach;
import org.medseal.connectors.httpaccess.RouteReach.Reached;
import org.medseal.connectors.inbox.FileRests;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.patient.LocalPatientIndex;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;

/** One institution's intake, with the shipped routes and rules, in a temporary home. */
final class Hospital implements AutoCloseable {
  final Path home;
  final Consortium consortium = new Consortium();
  final MemoryLedger ledger;
  final MessageStore store;
  final LocalPatientIndex patients;
  final CamelContext camel = new DefaultCamelContext();
  private final VertxPlatformHttpServer http;
  private final VertxPlatformHttpServerConfiguration web =
      new VertxPlatformHttpServerConfiguration();
  private final Map<String, LineSettings> lines;
  private final LocalCipher cipher;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  Hospital(Path home, MessageLimits limits) throws Exception {
    this(home, limits, Map.of());
  }

  /** {@code lines} as the settings of its MLLP feeds. */
  Hospital(Path home, MessageLimits limits, Map<String, LineSettings> lines) throws Exception {
    this.home = home;
    this.lines = lines;
    ledger = new MemoryLedger(consortium.genesis).committingAtOnce();
    cipher = new LocalCipher(SecretBytes.copyOf(new byte[32]));
    store = MessageStore.open(home.resolve("inbox"), home.resolve("outbox"), cipher, limits);
    patients = LocalPatientIndex.open(home.resolve("patients"), cipher);
    web.setBindHost("127.0.0.1");
    web.setBindPort(0);
    web.setMaxBodySize(64L << 20);
    web.getBodyHandler().setHandleFileUploads(false);
    http = new VertxPlatformHttpServer(web);
    camel.addService(http);
    camel.getPropertiesComponent().setInitialProperties(properties());
    NettyConfiguration netty = new NettyConfiguration();
    netty.setChannelGroup(channels);
    camel.getComponent("netty", NettyComponent.class).setConfiguration(netty);
    bind();
  }

  /** Before the start: listens to other machines too, and to whom a feed knows alone. */
  Hospital open(Map<String, HttpAccess> access) {
    web.setBindHost("0.0.0.0");
    bindIntake(access);
    return this;
  }

  /** As the check of the routes would say it: feeds by routes. */
  Hospital reaches(Map<String, String> feeds) {
    Map<String, Reached> all = new TreeMap<>();
    feeds.forEach((id, feed) -> all.put(id, new Reached(new TreeSet<>(Set.of(feed)), Set.of())));
    camel.getRegistry().findSingleByType(RouteReach.class).begin(all);
    return this;
  }

  private Properties properties() throws IOException {
    Properties p = new Properties();
    p.put("mllp.port", "0");
    p.put("dicom.port", "0");
    lines.forEach((feed, line) -> p.putAll(line.properties(feed)));
    p.put("drop.delayMs", "20");
    p.put("drop.settleMs", "20");
    p.put("pipeline.retryMs", "20");
    for (String drop : List.of("hl7", "fhir", "dicom")) {
      p.put("drop." + drop, Files.createDirectories(home.resolve("drop/" + drop)).toString());
    }
    return p;
  }

  private void bind() {
    Map<String, Object> beans =
        Map.of(
            "messages",
            store,
            "patients",
            patients,
            "polls",
            new PollStates(home.resolve("polls"), cipher),
            "ledger",
            ledger,
            "sealer",
            consortium.sealer(ledger, InstantSource.system()),
            "deidentifiers",
            Deidentifiers.load(DeidFixture.CONFIG, DeidFixture.keys(1)),
            "policies",
            new FeedPolicies(Map.of(), UnlistedAuthority.LOCAL));
    beans.forEach(camel.getRegistry()::bind);
    bindIntake(Map.of());
  }

  private void bindIntake(Map<String, HttpAccess> access) {
    IntakeBeans.bind(
        camel.getRegistry(),
        IntakeBeans.Settings.defaults()
            .withLines(lines)
            .withAccess(access)
            .withFileRests(new FileRests(Duration.ofMillis(20), FileRests.STANDARD.unfinished())),
        InstantSource.system());
  }

  Hospital start(String... routes) throws Exception {
    try (Stream<Path> templates = Files.list(Path.of("routes/templates"))) {
      for (Path template : templates.sorted().toList()) {
        load(template.toString(), Files.readString(template));
      }
    }
    for (String route : routes) {
      load(route, Files.readString(Path.of("routes", route)));
    }
    camel.start();
    return this;
  }

  /** Adds a route file that is not among the shipped ones. */
  void load(String name, String yaml) throws Exception {
    Resource resource = ResourceHelper.fromString(name, yaml);
    PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
  }

  int mllpPort() {
    return channels.stream()
        .filter(ServerChannel.class::isInstance)
        .map(c -> ((InetSocketAddress) c.localAddress()).getPort())
        .findFirst()
        .orElseThrow();
  }

  /** Of a route from {@code dicom:}. */
  int dicomPort(String route) {
    return ((DicomConsumer) camel.getRoute(route).getConsumer()).port();
  }

  String fhirBase() {
    return "http://127.0.0.1:" + http.getServer().actualPort() + "/fhir";
  }

  /** Sends one frame; the answer without its marks, empty if the line was closed. */
  String mllp(byte[] message) throws IOException {
    try (Socket line = new Socket(InetAddress.getLoopbackAddress(), mllpPort())) {
      line.setSoTimeout(30_000);
      line.getOutputStream().write(MllpBytes.framed(message));
      return MllpBytes.answer(line.getInputStream());
    }
  }

  /** Sends bytes as they are, then reads what comes until the line is closed or answered. */
  String line(byte[] bytes) throws IOException {
    try (Socket line = new Socket(InetAddress.getLoopbackAddress(), mllpPort())) {
      line.setSoTimeout(30_000);
      line.getOutputStream().write(bytes);
      return MllpBytes.answer(line.getInputStream());
    }
  }

  @Override
  public void close() {
    camel.stop();
    patients.close();
    store.close();
  }

  /** Framing by hand, so that no code of ours vouches for itself. */
  static final class MllpBytes {
    private MllpBytes() {}

    static byte[] framed(byte[] message) {
      byte[] frame = new byte[message.length + 3];
      frame[0] = 0x0B;
      System.arraycopy(message, 0, frame, 1, message.length);
      frame[frame.length - 2] = 0x1C;
      frame[frame.length - 1] = 0x0D;
      return frame;
    }

    static String answer(InputStream in) throws IOException {
      StringBuilder out = new StringBuilder();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == 0x1C) {
          in.read();
          return out.toString();
        }
        if (b != 0x0B) {
          out.append((char) b);
        }
      }
      return out.toString();
    }
  }

  static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("samples", name));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
