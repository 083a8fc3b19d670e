package org.medseal.ledger.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.LedgerRules;

/**
 * Who the peers are and where this node listens.
 *
 * @param institution own name
 * @param institutions those registered now, by their place
 * @param joining this node may not be registered yet, or not as it is now
 * @param addresses where to dial an institution; asked at every attempt, empty for not now
 * @param rules number of the ledger rules this node judges by; a peer of another is refused
 */
public record NetworkSettings(
    Genesis genesis,
    String institution,
    List<Institution> institutions,
    boolean joining,
    InetSocketAddress bind,
    Function<Institution, Optional<InetSocketAddress>> addresses,
    Timing timing,
    int rules) {

  /** Of a node the genesis names, as it names it. */
  public NetworkSettings(
      Genesis genesis,
      int self,
      InetSocketAddress bind,
      Function<Institution, Optional<InetSocketAddress>> addresses,
      Timing timing) {
    this(
        genesis,
        genesis.institutions().get(self).name(),
        genesis.institutions(),
        false,
        bind,
        addresses,
        timing,
        LedgerRules.NUMBER);
  }

  public NetworkSettings withRules(int number) {
    return new NetworkSettings(
        genesis, institution, institutions, joining, bind, addresses, timing, number);
  }

  /**
   * How patient the network is.
   *
   * @param handshake longest for TLS and the greeting together
   * @param ping after so long without anything to say, a ping
   * @param silence a peer from which nothing comes for so long is disconnected
   * @param stall as is one that takes nothing for so long
   * @param firstRetry after a failed dial; doubles
   * @param lastRetry longest between two dials
   */
  public record Timing(
      Duration handshake,
      Duration ping,
      Duration silence,
      Duration stall,
      Duration firstRetry,
      Duration lastRetry) {
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(10));
  }

  /** The address the genesis names, {@code host:port}; empty if it is not one. */
  public static Optional<InetSocketAddress> addressInGenesis(Institution institution) {
    String address = institution.peerAddress();
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(address.substring(colon + 1));
    return port > 65_535
        ? Optional.empty()
        : Optional.of(InetSocketAddress.createUnresolved(address.substring(0, colon), port));
  }
}
