package org.medseal.ledger.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessages;
import org.medseal.ledger.model.Institution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to each peer: of two nodes the one that was admitted first dials. Sends are best
 * effort and never block; from any thread.
 */
public final class PeerNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);

  private static final int MAX_LOOKUPS = 64;

  /** For what waits to be sent to all peers together. */
  private static final int PART_OF_HEAP = 4;

  private final NetworkSettings settings;
  private final PeerListener listener;
  private final PeerDirectory directory;
  private final PinnedTrust trust;
  private final Hello hello;
  private final OtherVersions otherVersions;
  private final AtomicReferenceArray<PeerConnection> connections;
  private final Map<Integer, Long> bannedUntilNanos = new ConcurrentHashMap<>();
  private final Door door;
  private final Lookups lookups = new Lookups(MAX_LOOKUPS);
  private final PeerChannels channels;
  private final SharedRoom room;
  private final Complaints complaints = new Complaints(PeerNetwork::monotonicMs);
  private final Set<Integer> dialled = new HashSet<>(); // guarded by this
  private final Map<Integer, Caller> callers = new HashMap<>(); // guarded by this
  private volatile boolean connecting;
  private volatile boolean closed;

  /** NetException BAD_CERTIFICATE if the identity is not the one the genesis pins for us. */
  public PeerNetwork(NetworkSettings settings, TlsIdentity identity, PeerListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.directory = new PeerDirectory(settings.institution(), settings.institutions());
    this.trust = new PinnedTrust(directory);
    this.door = new Door(directory::size, PeerNetwork::monotonicMs);
    this.hello = Hello.of(settings.genesis(), settings.rules());
    this.otherVersions = new OtherVersions(hello);
    this.connections = new AtomicReferenceArray<>(Limits.INSTITUTIONS);
    OptionalInt pinned = trust.peer(identity.certificate());
    if (pinned.orElse(directory.self()) != directory.self()
        || (pinned.isEmpty() && !settings.joining())) {
      throw new NetException(
          NetException.Reason.BAD_CERTIFICATE,
          "the TLS certificate is not the one the ledger pins for " + settings.institution(),
          null);
    }
    this.room = new SharedRoom(roomBytes(settings));
    this.channels = new PeerChannels(this, new TlsContexts(identity, trust), door);
  }

  /** Listens; NetException CANNOT_LISTEN if the port is taken. Where it listens is returned. */
  public InetSocketAddress listen() {
    return channels.listen(settings.bind());
  }

  /** Where it listens; empty before {@link #listen}. */
  Optional<InetSocketAddress> address() {
    return channels.address();
  }

  /** Starts dialling. */
  public void connect() {
    connecting = true;
    dial();
  }

  private synchronized void dial() {
    if (connecting) {
      directory.dialled().stream()
          .filter(dialled::add)
          .forEach(peer -> new Dialer(this, peer).dialSoon());
      callers.values().forEach(Caller::look);
      directory.dialling().forEach(this::expect);
    }
  }

  /** Those who dial us are known by the addresses the ledger names. */
  private void expect(int peer) {
    if (!callers.containsKey(peer)) {
      Caller caller = new Caller(this, door, peer);
      callers.put(peer, caller);
      caller.keepLooking();
    }
  }

  /**
   * The registry has changed: whoever is new may connect, whoever is dismissed is disconnected.
   *
   * @param institutions all there ever were, by their place
   * @param dismissed names of those that are no peers any more
   */
  public void update(List<Institution> institutions, Set<String> dismissed) {
    directory.update(institutions, dismissed);
    for (int i = 0; i < directory.size(); i++) {
      PeerConnection connection = connections.get(i);
      if (connection != null && directory.isDismissed(i)) {
        connection.close();
      }
    }
    dial();
  }

  public void send(int peer, PeerMessage message) {
    PeerConnection connection = connections.get(peer);
    if (connection != null) {
      connection.send(frame(message));
    }
  }

  /** As {@link #send}, but false instead of a closed connection if there is no room now. */
  public boolean offer(int peer, PeerMessage message) {
    PeerConnection connection = connections.get(peer);
    return connection != null && connection.offer(frame(message));
  }

  /** Whether so little waits for this peer that another chunk may be queued. */
  public boolean hasChunkRoom(int peer) {
    PeerConnection connection = connections.get(peer);
    return connection != null && connection.hasChunkRoom();
  }

  public boolean isConnected(int peer) {
    return connections.get(peer) != null;
  }

  /** Why a peer that was here is not let in: its MedSeal is of another version; one sentence. */
  public Optional<String> whyRefused(int peer) {
    return otherVersions.why(peer);
  }

  /** Encoded once. */
  public void broadcast(PeerMessage message) {
    WireFrame frame = frame(message);
    for (int i = 0; i < directory.size(); i++) {
      PeerConnection connection = connections.get(i);
      if (connection != null) {
        connection.send(frame);
      }
    }
  }

  /** Disconnects a peer and refuses it for so long; from any thread. */
  public void ban(int peer, long forMs) {
    bannedUntilNanos.put(peer, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMs));
    PeerConnection connection = connections.get(peer);
    if (connection != null) {
      connection.close();
    }
  }

  boolean isBanned(int peer) {
    Long until = bannedUntilNanos.get(peer);
    return until != null && until - System.nanoTime() > 0;
  }

  /** Whether a peer's connection is looked for from there. */
  boolean isExpected(InetAddress from) {
    return door.isExpected(from);
  }

  /** Those let in that have not shown who they are. */
  int waiting() {
    return door.waiting();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    lookups.close();
    channels.close();
  }

  boolean isClosed() {
    return closed;
  }

  NetworkSettings settings() {
    return settings;
  }

  PeerDirectory directory() {
    return directory;
  }

  PinnedTrust trust() {
    return trust;
  }

  Hello hello() {
    return hello;
  }

  PeerListener listener() {
    return listener;
  }

  /** A part of the heap; in a small one, of the largest messages a few. */
  private static long roomBytes(NetworkSettings settings) {
    long largest = FrameType.BLOCKS.maxBytes(settings.genesis());
    return Math.max(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, 4 * largest);
  }

  SharedRoom room() {
    return room;
  }

  long mayBeUnhandled() {
    return PeerConnection.mayBeUnhandled(Runtime.getRuntime().maxMemory(), directory.size());
  }

  Complaints complaints() {
    return complaints;
  }

  private static long monotonicMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  PeerChannels channels() {
    return channels;
  }

  Lookups lookups() {
    return lookups;
  }

  /** It said something else than this node in its greeting. */
  void refused(int peer, Hello said) {
    boolean otherVersion = said.isOfLedger(hello);
    if ((!otherVersion || otherVersions.refuse(peer, said)) && complaints.mayComplain()) {
      LOG.warn(
          "refused {}: {}",
          name(peer),
          otherVersion ? otherVersions.why(peer).orElseThrow() : "it is of another ledger");
    }
  }

  /** A newer connection replaces an older one: its dialer has given that one up. */
  void connected(PeerConnection connection) {
    otherVersions.met(connection.peer());
    room.enter(connection);
    PeerConnection older = connections.getAndSet(connection.peer(), connection);
    if (older != null) {
      older.close();
    }
    LOG.info("connected to {}", name(connection.peer()));
    listener.onConnected(connection.peer());
  }

  void disconnected(PeerConnection connection) {
    connection.ended();
    if (connections.compareAndSet(connection.peer(), connection, null)) {
      LOG.info("disconnected from {}", name(connection.peer()));
      listener.onDisconnected(connection.peer());
    }
  }

  private String name(int peer) {
    return directory.get(peer).name();
  }

  private static WireFrame frame(PeerMessage message) {
    return new WireFrame(FrameType.of(message), PeerMessages.encode(message));
  }
}
