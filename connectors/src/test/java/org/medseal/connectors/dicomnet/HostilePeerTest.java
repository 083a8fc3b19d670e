package org.medseal.connectors.dicomnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/** Whatever a peer does costs its own association, and nobody else's. */
class HostilePeerTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Fails every store that does not come to its end, and tells of it. */
  private static final class Torso implements StoreHandler {
    final CompletableFuture<AssociationException.Reason> broken = new CompletableFuture<>();
    final Received whole = new Received();

    @Override
    public StoreStatus store(ReceivedObject object) throws Exception {
      try {
        return whole.store(object);
      } catch (AssociationException e) {
        broken.complete(e.reason());
        throw e;
      }
    }

    AssociationException.Reason reason() throws Exception {
      return broken.get(30, TimeUnit.SECONDS);
    }
  }

  private static TestScp impatient(StoreHandler handler, Duration artim, Duration data)
      throws IOException {
    AssociationTimers timers = new AssociationTimers(artim, LONG, data, LONG);
    return new TestScp(handler, AePolicy.open(), TestScp.SMALL, timers);
  }

  @Test
  void silenceBeforeTheRequestIsEndedByArtim() throws Exception {
    try (TestScp scp = impatient(new Received(), SHORT, LONG);
        RawPeer silent = new RawPeer(scp)) {
      assertThat(silent.receive()).isEmpty();
      assertThat(scp.serves()).isTrue();
    }
  }

  @Test
  void aRequestThatDripsIsEndedByArtimThoughBytesCome() throws Exception {
    try (TestScp scp = impatient(new Received(), SHORT, LONG);
        RawPeer slow = new RawPeer(scp)) {
      byte[] request = RawPeer.bytes(RawPeer.request("A", "B", RawPeer.ECHO));
      slow.socket.setSoTimeout(20);
      int sent = 0;
      boolean ended = false;
      while (!ended && sent < request.length - 1) {
        try {
          slow.send(Arrays.copyOfRange(request, sent, ++sent));
          ended = slow.receive().isEmpty();
        } catch (SocketTimeoutException e) {
          // nothing came: the next byte
        } catch (SocketException e) {
          ended = true;
        }
      }
      assertThat(ended).as("after %d of %d bytes", sent, request.length).isTrue();
      assertThat(scp.serves()).isTrue();
    }
  }

  @Test
  void aPduThatStopsInItsMiddleEndsTheAssociationAndTheObjectIsNone() throws Exception {
    Torso torso = new Torso();
    try (TestScp scp = impatient(torso, SHORT, SHORT);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      peer.value(3, false, false, new byte[5000]);
      byte[] half = RawPeer.bytes(new Pdu.Transfer(List.of(new Pdv(3, false, true, new byte[99]))));
      peer.send(Arrays.copyOf(half, 50));
      assertThat(torso.reason()).isEqualTo(AssociationException.Reason.TIMED_OUT);
      assertThat(peer.rest()).containsExactly(new Pdu.Abort(0, 0));
      assertThat(torso.whole.objects).isEmpty();
      assertThat(scp.serves()).isTrue();
    }
  }

  @Test
  void anObjectThatDripsIsEndedThoughFragmentsComeInTime() throws Exception {
    Torso torso = new Torso();
    Duration data = Duration.ofMillis(50);
    try (TestScp scp = impatient(torso, LONG, data);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      peer.socket.setSoTimeout(20);
      boolean ended = false;
      for (int sent = 0; !ended && sent < 10_000; sent++) {
        try {
          peer.value(3, false, false, new byte[2]);
          peer.receive();
          ended = true;
        } catch (SocketTimeoutException e) {
          // nothing came: the next two bytes
        } catch (SocketException e) {
          ended = true;
        }
      }
      assertThat(torso.reason()).isEqualTo(AssociationException.Reason.TIMED_OUT);
      assertThat(torso.whole.objects).isEmpty();
    }
  }

  @Test
  void fragmentsOfNothingEndTheAssociation() throws Exception {
    Torso torso = new Torso();
    try (TestScp scp = new TestScp(torso);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      peer.value(3, false, false, new byte[100]);
      for (int sent = 0; sent < 65; sent++) {
        peer.value(3, false, false, new byte[0]);
      }
      assertThat(torso.reason()).isEqualTo(AssociationException.Reason.PROTOCOL);
    }
  }

  @Test
  void anIdleAssociationIsEnded() throws Exception {
    AssociationTimers timers = new AssociationTimers(SHORT, SHORT, LONG, LONG);
    try (TestScp scp = new TestScp(new Received(), AePolicy.open(), TestScp.SMALL, timers);
        RawPeer peer = RawPeer.associated(scp)) {
      assertThat(peer.rest()).containsExactly(new Pdu.Abort(0, 0));
    }
  }

  @Test
  void mixedFragmentsEndTheAssociation() throws Exception {
    byte[] command = RawPeer.storeRequest(RawPeer.CT, "1.2.4").toBytes();
    List<Pdv> intruders =
        List.of(
            new Pdv(3, true, true, command),
            new Pdv(1, false, true, new byte[10]),
            new Pdv(1, true, true, command));
    for (Pdv intruder : intruders) {
      Torso torso = new Torso();
      try (TestScp scp = new TestScp(torso);
          RawPeer peer = RawPeer.associated(scp)) {
        peer.storeCommand("1.2.3");
        peer.value(3, false, false, new byte[5000]);
        peer.send(new Pdu.Transfer(List.of(intruder)));
        assertThat(peer.receive()).contains(new Pdu.Abort(0, 0));
        assertThat(torso.reason()).isEqualTo(AssociationException.Reason.PROTOCOL);
        assertThat(torso.whole.objects).isEmpty();
        assertThat(scp.serves()).isTrue();
      }
    }
  }

  @Test
  void commandsThatAreNoneEndTheAssociation() throws Exception {
    byte[] good = RawPeer.storeRequest(RawPeer.CT, "1.2.4").toBytes();
    List<Pdv> bad =
        List.of(
            new Pdv(3, false, true, new byte[10]), // data without a command
            new Pdv(5, true, true, good), // a context nobody agreed on
            new Pdv(3, true, true, Arrays.copyOf(good, good.length - 1)),
            new Pdv(3, true, true, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}),
            new Pdv(3, true, true, new byte[0]),
            new Pdv(3, true, true, fourGigabyteElement()));
    for (Pdv value : bad) {
      try (TestScp scp = new TestScp(new Received());
          RawPeer peer = RawPeer.associated(scp)) {
        peer.send(new Pdu.Transfer(List.of(value)));
        assertThat(peer.receive()).as(value.toString()).contains(new Pdu.Abort(0, 0));
        assertThat(scp.serves()).isTrue();
      }
    }
  }

  private static byte[] fourGigabyteElement() {
    return new byte[] {0, 0, 2, 0, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 2};
  }

  @Test
  void anEndlessCommandEndsTheAssociation() throws Exception {
    try (TestScp scp = new TestScp(new Received());
        RawPeer peer = RawPeer.associated(scp)) {
      for (int i = 0; i < 3; i++) {
        peer.value(3, true, false, new byte[8000]);
      }
      assertThat(peer.receive()).contains(new Pdu.Abort(0, 0));
    }
  }

  @Test
  void anAbortInsideAnObjectMakesNoObject() throws Exception {
    Torso torso = new Torso();
    try (TestScp scp = new TestScp(torso);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      peer.value(3, false, false, new byte[5000]);
      peer.send(new Pdu.Abort(0, 0));
      assertThat(torso.reason()).isEqualTo(AssociationException.Reason.ABORTED);
      assertThat(peer.rest()).isEmpty();
      assertThat(scp.serves()).isTrue();
    }
  }

  @Test
  void aConnectionThatIsGoneInsideAnObjectMakesNoObject() throws Exception {
    Torso torso = new Torso();
    try (TestScp scp = new TestScp(torso)) {
      try (RawPeer peer = RawPeer.associated(scp)) {
        peer.storeCommand("1.2.3");
        peer.value(3, false, false, new byte[5000]);
      }
      assertThat(torso.reason()).isEqualTo(AssociationException.Reason.CLOSED);
      assertThat(torso.whole.objects).isEmpty();
    }
  }

  @Test
  void aReleaseInsideAnObjectMakesNoObject() throws Exception {
    Torso torso = new Torso();
    try (TestScp scp = new TestScp(torso);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      peer.value(3, false, false, new byte[5000]);
      peer.send(new Pdu.ReleaseRequest());
      assertThat(torso.reason()).isEqualTo(AssociationException.Reason.PROTOCOL);
      assertThat(peer.receive()).contains(new Pdu.Abort(0, 0));
    }
  }

  @Test
  void fourGigabytesDeclaredAreAbortedByTheProvider() throws Exception {
    for (int type = 1; type <= 8; type++) {
      byte[] head = {(byte) type, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
      try (TestScp scp = impatient(new Received(), SHORT, LONG);
          RawPeer peer = RawPeer.associated(scp)) {
        peer.send(head);
        assertThat(peer.rest()).containsExactly(new Pdu.Abort(2, type == 8 ? 1 : 6));
        assertThat(scp.serves()).isTrue();
      }
    }
  }

  @Test
  void anObjectUnderWayIsStoredWhateverPeersBesideItDo() throws Exception {
    Received received = new Received();
    byte[] half = new byte[5000];
    try (TestScp scp = new TestScp(received);
        RawPeer good = RawPeer.associated(scp);
        RawPeer stopped = RawPeer.associated(scp)) {
      good.storeCommand("1.2.3");
      good.value(3, false, false, half);
      stopped.storeCommand("1.2.4");
      byte[] pdu = RawPeer.bytes(new Pdu.Transfer(List.of(new Pdv(3, false, true, half))));
      stopped.send(Arrays.copyOf(pdu, 50));
      try (RawPeer mixing = RawPeer.associated(scp)) {
        mixing.storeCommand("1.2.5");
        mixing.value(3, false, false, half);
        mixing.storeCommand("1.2.6");
        assertThat(mixing.receive()).contains(new Pdu.Abort(0, 0));
      }
      try (RawPeer aborting = RawPeer.associated(scp)) {
        aborting.storeCommand("1.2.7");
        aborting.send(new Pdu.Abort(0, 0));
        assertThat(aborting.rest()).isEmpty();
      }
      try (RawPeer declaring = RawPeer.associated(scp)) {
        declaring.send(new byte[] {4, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
        assertThat(declaring.receive()).contains(new Pdu.Abort(2, 6));
      }
      good.value(3, false, true, half);
      assertThat(good.status()).isZero();
      assertThat(received.objects)
          .singleElement()
          .satisfies(stored -> assertThat(stored.dataset()).isEqualTo(new byte[2 * half.length]));
    }
  }

  @Test
  void pdusOutOfTurnAreAbortedByTheProvider() throws Exception {
    List<Pdu> wrong =
        List.of(
            RawPeer.request("A", "B", RawPeer.ECHO),
            new Pdu.Reject(1, 1, 1),
            new Pdu.ReleaseReply());
    for (Pdu pdu : wrong) {
      try (TestScp scp = new TestScp(new Received());
          RawPeer peer = RawPeer.associated(scp)) {
        peer.send(pdu);
        assertThat(peer.receive()).contains(new Pdu.Abort(2, 2));
      }
    }
    try (TestScp scp = new TestScp(new Received());
        RawPeer peer = new RawPeer(scp)) {
      peer.value(3, false, true, new byte[10]);
      assertThat(peer.receive()).as("data before an association").contains(new Pdu.Abort(0, 0));
    }
  }

  @Test
  void anObjectAboveTheCapIsAborted() throws Exception {
    Torso torso = new Torso();
    AssociationLimits limits = new AssociationLimits(16 << 10, 4, 50_000);
    try (TestScp scp = new TestScp(torso, AePolicy.open(), limits, TestScp.PATIENT);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      for (int i = 0; i < 6; i++) {
        peer.value(3, false, false, new byte[10_000]);
      }
      assertThat(torso.reason()).isEqualTo(AssociationException.Reason.TOO_LARGE);
      assertThat(peer.receive()).contains(new Pdu.Abort(0, 0));
    }
  }
}
