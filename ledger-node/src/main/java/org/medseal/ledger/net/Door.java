package org.medseal.ledger.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.medseal.ledger.engine.embedded.Allowance;

/**
 * Who may come in before it has said who it is: connections that have not yet greeted are bounded
 * for each address and in all, and so is how often anybody new may knock, since each knock costs a
 * TLS handshake. An address from which a peer has come is never held up by strangers. From any
 * thread.
 */
final class Door {
  /** Addresses remembered; the longest unused is forgotten first. */
  private static final int REMEMBERED = 4_096;

  private static final int KNOCKS_PER_SECOND = 5;
  private static final int STRANGERS_PER_SECOND = 50;

  private final IntSupplier institutions;
  private final LongSupplier clockMs;
  private final Allowance strangers;
  private final Set<String> known = new HashSet<>();
  private final Map<String, Knocks> byAddress;
  private int open;
  private int waiting;

  private static final class Knocks {
    private final Allowance allowance;
    private int waiting;

    Knocks(Allowance allowance) {
      this.allowance = allowance;
    }
  }

  /** One connection that was let in. */
  final class Guest {
    private final String address;
    private boolean greeted;
    private boolean gone;

    private Guest(String address) {
      this.address = address;
    }

    /** It is a peer. */
    void greeted() {
      synchronized (Door.this) {
        if (!greeted && !gone) {
          greeted = true;
          waits(address, -1);
          if (known.size() < REMEMBERED) {
            known.add(address);
          }
        }
      }
    }

    void left() {
      synchronized (Door.this) {
        if (!gone) {
          gone = true;
          open--;
          if (!greeted) {
            waits(address, -1);
          }
        }
      }
    }
  }

  Door(IntSupplier institutions, LongSupplier clockMs) {
    this.institutions = institutions;
    this.clockMs = clockMs;
    this.strangers =
        new Allowance(2L * STRANGERS_PER_SECOND, STRANGERS_PER_SECOND, clockMs.getAsLong());
    this.byAddress =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Knocks> eldest) {
            return size() > REMEMBERED && eldest.getValue().waiting == 0;
          }
        };
  }

  private int maxOpen() {
    return 4 * institutions.getAsInt() + 16;
  }

  private int maxWaiting() {
    return 2 * institutions.getAsInt() + 16;
  }

  /** All institutions may be behind one address. */
  private int maxWaitingPerAddress() {
    return 2 * institutions.getAsInt() + 4;
  }

  /** Empty when it has to stay outside. */
  synchronized Optional<Guest> admit(InetAddress from) {
    String address = group(from);
    long nowMs = clockMs.getAsLong();
    Knocks knocks =
        byAddress.computeIfAbsent(
            address,
            any ->
                new Knocks(new Allowance(4L * maxWaitingPerAddress(), KNOCKS_PER_SECOND, nowMs)));
    boolean welcome =
        open < maxOpen()
            && waiting < maxWaiting()
            && knocks.waiting < maxWaitingPerAddress()
            && knocks.allowance.take(nowMs)
            && (known.contains(address) || strangers.take(nowMs));
    if (!welcome) {
      return Optional.empty();
    }
    open++;
    waits(address, 1);
    return Optional.of(new Guest(address));
  }

  private void waits(String address, int sign) {
    waiting += sign;
    Knocks knocks = byAddress.get(address);
    if (knocks != null) {
      knocks.waiting += sign;
    }
  }

  /** An IPv6 network hands out addresses by the 2^64: they count as one. */
  private static String group(InetAddress from) {
    byte[] bytes = from.getAddress();
    int length = from instanceof Inet6Address ? 8 : bytes.length;
    return Arrays.toString(Arrays.copyOf(bytes, length));
  }
}
