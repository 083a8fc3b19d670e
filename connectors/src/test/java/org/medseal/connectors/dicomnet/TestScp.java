package org.medseal.connectors.dicomnet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a free loopback port. */
final class TestScp implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);
  static final AssociationTimers PATIENT = new AssociationTimers(LONG, LONG, LONG, LONG);
  static final AssociationLimits SMALL = new AssociationLimits(16 << 10, 8, 64 << 20);

  final StoreScp scp;
  final ScpCounts counts = new ScpCounts();
  private final ExecutorService workers = Executors.newCachedThreadPool();

  TestScp(StoreHandler handler) throws IOException {
    this(handler, AePolicy.open(), SMALL, PATIENT);
  }

  TestScp(StoreHandler handler, AePolicy policy, AssociationLimits limits, AssociationTimers timers)
      throws IOException {
    this(new ScpSettings(loopback(0), policy, limits, timers, Optional.empty()), handler);
  }

  TestScp(ScpSettings settings, StoreHandler handler) throws IOException {
    scp = new StoreScp(settings, handler, workers, counts);
    scp.start();
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  int port() {
    return scp.port();
  }

  ScuSettings caller(String title) {
    return new ScuSettings(loopback(port()), "MEDSEAL", title, PATIENT, Optional.empty());
  }

  StoreScu open(StoreScu.Offer... offers) throws IOException {
    return StoreScu.open(caller("TESTER"), List.of(offers));
  }

  /** Opens a new association and verifies: the server serves. */
  boolean serves() throws IOException {
    try (StoreScu scu = open()) {
      return scu.echo() == 0;
    }
  }

  @Override
  public void close() {
    scp.close();
    workers.shutdownNow();
  }
}
