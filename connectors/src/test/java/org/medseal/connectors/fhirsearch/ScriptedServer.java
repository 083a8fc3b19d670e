package org.medseal.connectors.fhirsearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A real server on loopback that answers as a test tells it to. */
public final class ScriptedServer implements AutoCloseable {
  /** Answers one request. */
  public interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Script script = exchange -> send(exchange, 200, page(Optional.empty()));

  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().toString());
          script.answer(exchange);
        });
    server.start();
  }

  public void answers(Script next) {
    script = next;
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir");
  }

  /** Path and query of every request so far. */
  public List<String> requests() {
    return requests;
  }

  SearchSettings settings(String... types) {
    return new SearchSettings(
        base(),
        List.of(types),
        Duration.ofMinutes(5),
        new SearchSettings.Limits(2, 10_000, 20, Duration.ofSeconds(20)),
        ServerAccess.open());
  }

  /** As {@link #settings} with something to show. */
  SearchSettings settings(ServerAccess access) {
    SearchSettings usual = settings("Patient");
    return new SearchSettings(usual.base(), usual.types(), usual.overlap(), usual.limits(), access);
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public static String page(Optional<String> next, String... resources) {
    String entries =
        List.of(resources).stream()
            .map(
                r ->
                    "{\"fullUrl\":\"urn:x\",\"resource\":"
                        + r
                        + ",\"search\":{\"mode\":\"match\"}}")
            .collect(Collectors.joining(","));
    String link =
        next.map(n -> ",\"link\":[{\"relation\":\"next\",\"url\":\"" + n + "\"}]").orElse("");
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\""
        + link
        + ",\"entry\":["
        + entries
        + "]}";
  }

  public static String patient(String id, String version, String lastUpdated) {
    return "{\"resourceType\":\"Patient\",\"id\":\""
        + id
        + "\",\"meta\":{\"versionId\":\""
        + version
        + "\",\"lastUpdated\":\""
        + lastUpdated
        + "\"},\"active\" : true}";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
