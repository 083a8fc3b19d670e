package org.medseal.ledger.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.medseal.ledger.engine.embedded.Allowance;

/**
 * Who may come in before it has said who it is. Bounded are the places of those who have not shown
 * a pinned certificate, for each address and in all, and how often anybody may knock, since each
 * knock costs a TLS handshake. Nobody is kept out because the places are taken: whoever has waited
 * longest at the address that holds most goes. A peer waits at no place of the strangers: not from
 * an address the ledger names or a peer came from, and from nowhere once its certificate is seen.
 * From any thread.
 */
final class Door {
  /** Addresses whose knocks are counted; the longest unused is forgotten first. */
  private static final int COUNTED = 4_096;

  private static final int HOMES_PER_PEER = 4;
  private static final int STRANGERS_PER_SECOND = 50;
  private static final int KNOCKS_PER_SECOND = 10;

  /** Places beside those of one address. At the rates above everybody keeps one for a second. */
  private static final int PLACES = 128;

  private final IntSupplier institutions;
  private final LongSupplier clockMs;
  private final Allowance strangersKnocks;
  private final Waiting strangers = new Waiting();
  private final Waiting expected = new Waiting();
  private final Map<Integer, Set<String>> homes = new HashMap<>();
  private final Map<Integer, String> named = new HashMap<>();
  private Set<String> known = Set.of();
  private final Map<Integer, Guest> greeting = new HashMap<>();
  private final Map<String, Allowance> knocks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > COUNTED;
        }
      };
  private long arrivals;

  /** One connection that was let in. */
  final class Guest {
    private final String address;
    private final long arrival;
    private final Runnable hangUp;

    private Guest(String address, long arrival, Runnable hangUp) {
      this.address = address;
      this.arrival = arrival;
      this.hangUp = hangUp;
    }

    String address() {
      return address;
    }

    long arrival() {
      return arrival;
    }

    /** Its certificate is this peer's; of one peer only the latest may still have to greet. */
    void identified(int peer) {
      takeIn(this, peer).ifPresent(Guest::hangUp);
    }

    /** It is connected; the door has no more to do with it. */
    void greeted() {
      leave(this);
    }

    void left() {
      leave(this);
    }

    private void hangUp() {
      hangUp.run();
    }
  }

  Door(IntSupplier institutions, LongSupplier clockMs) {
    this.institutions = institutions;
    this.clockMs = clockMs;
    this.strangersKnocks =
        new Allowance(STRANGERS_PER_SECOND, STRANGERS_PER_SECOND, clockMs.getAsLong());
  }

  /** The ledger names this address as the peer's. */
  synchronized void expect(int peer, InetAddress address) {
    if (!group(address).equals(named.put(peer, group(address)))) {
      remember();
    }
  }

  /** Whether it waits apart from the strangers. */
  synchronized boolean isExpected(InetAddress from) {
    return known.contains(group(from));
  }

  private void remember() {
    Set<String> all = new HashSet<>(named.values());
    homes.values().forEach(all::addAll);
    known = Set.copyOf(all);
  }

  /**
   * Empty when it has to stay outside for now.
   *
   * @param hangUp ends the connection, should its place go to another; from any thread
   */
  Optional<Guest> admit(InetAddress from, Runnable hangUp) {
    Optional<Guest> leaves;
    Guest guest;
    synchronized (this) {
      String address = group(from);
      boolean isKnown = known.contains(address);
      if (!mayKnock(address, isKnown)) {
        return Optional.empty();
      }
      guest = new Guest(address, arrivals++, hangUp);
      leaves =
          isKnown
              ? expected.add(guest, PLACES + 2 * perAddress(), perAddress())
              : strangers.add(guest, PLACES + perAddress(), perAddress());
    }
    leaves.ifPresent(Guest::hangUp);
    return Optional.of(guest);
  }

  /** All institutions may be behind one address. */
  private int perAddress() {
    return 4 * institutions.getAsInt() + 16;
  }

  /** At once half of the places, so that no burst turns all of them over. */
  private boolean mayKnock(String address, boolean isKnown) {
    long nowMs = clockMs.getAsLong();
    long burst = perAddress() / 2;
    return knocks
            .computeIfAbsent(address, any -> new Allowance(burst, KNOCKS_PER_SECOND, nowMs))
            .take(nowMs)
        && (isKnown || strangersKnocks.take(nowMs));
  }

  private synchronized Optional<Guest> takeIn(Guest guest, int peer) {
    strangers.remove(guest);
    expected.remove(guest);
    Set<String> own = homes.computeIfAbsent(peer, any -> new LinkedHashSet<>());
    if (own.add(guest.address)) {
      if (own.size() > HOMES_PER_PEER) {
        own.remove(own.iterator().next());
      }
      remember();
    }
    return Optional.ofNullable(greeting.put(peer, guest)).filter(each -> each != guest);
  }

  private synchronized void leave(Guest guest) {
    strangers.remove(guest);
    expected.remove(guest);
    greeting.values().remove(guest);
  }

  /** Those who have not shown who they are. */
  synchronized int waiting() {
    return strangers.size() + expected.size();
  }

  /** An IPv6 network hands out addresses by the 2^64: they count as one. */
  private static String group(InetAddress from) {
    byte[] bytes = from.getAddress();
    int length = from instanceof Inet6Address ? 8 : bytes.length;
    return Arrays.toString(Arrays.copyOf(bytes, length));
  }
}
