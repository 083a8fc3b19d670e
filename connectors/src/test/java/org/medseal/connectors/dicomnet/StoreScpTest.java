package org.medseal.connectors.dicomnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept.ContextResult;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.Pdv;
import org.medseal.connectors.dicomnet.pdu.UserInformation;

class StoreScpTest {
  private static final StoreScu.Offer CT = new StoreScu.Offer(RawPeer.CT, RawPeer.EXPLICIT);

  /** A data set of random bytes: nobody on the way is to look at it. */
  static byte[] file(String instance, int bytes) {
    byte[] head = new Part10Head(RawPeer.CT, instance, RawPeer.EXPLICIT).toBytes();
    byte[] file = Arrays.copyOf(head, head.length + bytes);
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    System.arraycopy(noise, 0, file, head.length, bytes);
    return file;
  }

  private static int store(StoreScu scu, byte[] file) throws IOException {
    return scu.store(new ByteArrayInputStream(file));
  }

  @Test
  void anObjectIsHandedOverByteForByteBehindOurOwnHead() throws Exception {
    Received received = new Received();
    try (TestScp scp = new TestScp(received);
        StoreScu scu = scp.open(CT)) {
      assertThat(scu.echo()).isZero();
      for (int bytes : new int[] {1, 2, 16_372, 16_378, 16_379, 1_000_000}) {
        byte[] file = file("1.2." + bytes, bytes);
        assertThat(store(scu, file)).isZero();
        Received.Stored stored = received.of("1.2." + bytes).orElseThrow();
        assertThat(stored.file()).isEqualTo(file);
        assertThat(stored.head().callingAe()).isEqualTo("TESTER");
        assertThat(stored.head().calledAe()).isEqualTo("MEDSEAL");
      }
    }
  }

  @Test
  void ourHeadIsAPart10FileForTheCodec() {
    byte[] whole = Part10.write(TransferSyntax.EXPLICIT_LITTLE, Part10.smallCt());
    Received.Stored stored = new Received.Stored(null, whole);
    byte[] head = new Part10Head(RawPeer.CT, "1.2.3", RawPeer.EXPLICIT).toBytes();
    byte[] file = Arrays.copyOf(head, head.length + stored.dataset().length);
    System.arraycopy(stored.dataset(), 0, file, head.length, stored.dataset().length);
    assertThat(Part10.read(file).leniencies()).isEmpty();
    assertThat(head.length % 2).isZero();
  }

  @Test
  void theAnswerIsWhatTheHandlerSays() throws Exception {
    for (StoreStatus status : StoreStatus.values()) {
      StoreHandler handler =
          object -> {
            object.part10().readAllBytes();
            return status;
          };
      try (TestScp scp = new TestScp(handler);
          StoreScu scu = scp.open(CT)) {
        assertThat(store(scu, file("1.2", 50_000))).isEqualTo(status.code());
        assertThat(scu.echo()).isZero();
      }
    }
  }

  @Test
  void aHandlerThatThrowsIsAProcessingFailureAndTheNextObjectIsTaken() throws Exception {
    Received received = new Received();
    StoreHandler handler =
        object -> {
          if (object.sopInstanceUid().equals("1.2.666")) {
            throw new IllegalStateException("disk");
          }
          return received.store(object);
        };
    try (TestScp scp = new TestScp(handler);
        StoreScu scu = scp.open(CT)) {
      assertThat(store(scu, file("1.2.666", 100_000))).isEqualTo(0x0110);
      assertThat(store(scu, file("1.2.3", 100_000))).isZero();
    }
  }

  @Test
  void successBeforeTheEndOfTheDataIsAFailure() throws Exception {
    try (TestScp scp = new TestScp(object -> StoreStatus.SUCCESS);
        StoreScu scu = scp.open(CT)) {
      assertThat(store(scu, file("1.2.3", 100_000))).isEqualTo(0x0110);
    }
  }

  @Test
  void whatCannotBeUnderstoodIsAnsweredC000() throws Exception {
    Received received = new Received();
    try (TestScp scp = new TestScp(received);
        RawPeer peer = RawPeer.associated(scp)) {
      CommandSet none =
          RawPeer.storeRequest(RawPeer.CT, "1.2.3")
              .number(CommandSet.DATA_SET_TYPE, CommandSet.NO_DATA_SET);
      peer.value(3, true, true, none.toBytes());
      assertThat(peer.status()).isEqualTo(0xC000);
      peer.storeCommand("1.2.3");
      peer.value(3, false, true, new byte[0]);
      assertThat(peer.status()).as("an empty data set").isEqualTo(0xC000);
      peer.storeCommand("not a uid");
      peer.value(3, false, true, new byte[10]);
      assertThat(peer.status()).as("no instance").isEqualTo(0xC000);
      assertThat(received.objects).isEmpty();
    }
  }

  @Test
  void aClassThatIsNotItsContextsIsAnswered0122() throws Exception {
    Received received = new Received();
    try (TestScp scp = new TestScp(received);
        RawPeer peer = RawPeer.associated(scp)) {
      byte[] other = RawPeer.storeRequest("1.2.840.10008.5.1.4.1.1.4", "1.2.3").toBytes();
      peer.value(3, true, true, other);
      peer.value(3, false, true, new byte[10]);
      assertThat(peer.status()).isEqualTo(0x0122);
      byte[] verification = RawPeer.storeRequest(Uids.VERIFICATION, "1.2.3").toBytes();
      peer.value(1, true, true, verification);
      peer.value(1, false, true, new byte[10]);
      assertThat(peer.status()).isEqualTo(0x0122);
      assertThat(received.objects).isEmpty();
    }
  }

  @Test
  void anotherServiceIsAnswered0211() throws Exception {
    try (TestScp scp = new TestScp(new Received());
        RawPeer peer = RawPeer.associated(scp)) {
      int find = 0x0020;
      peer.value(
          3,
          true,
          true,
          RawPeer.storeRequest(RawPeer.CT, "1.2").number(CommandSet.COMMAND_FIELD, find).toBytes());
      peer.value(3, false, true, new byte[10]);
      assertThat(peer.status()).isEqualTo(0x0211);
    }
  }

  @Test
  void titlesThatAreNotListedAreRejected() throws Exception {
    AePolicy policy =
        new AePolicy(
            Set.of("MEDSEAL"), Set.of("CT1", "MONITOR"), Optional.of(Set.of("CT1")), Set.of());
    try (TestScp scp = new TestScp(new Received(), policy, TestScp.SMALL, TestScp.PATIENT)) {
      assertThat(answer(scp, RawPeer.request("CT1", "OTHER", RawPeer.ECHO)))
          .isEqualTo(new Pdu.Reject(1, 1, 7));
      assertThat(answer(scp, RawPeer.request("CT2", "MEDSEAL", RawPeer.ECHO)))
          .isEqualTo(new Pdu.Reject(1, 1, 3));
      assertThatThrownBy(() -> StoreScu.open(scp.caller("ct1"), List.of()))
          .isInstanceOfSatisfying(
              AssociationException.class,
              e -> assertThat(e.reason()).isEqualTo(AssociationException.Reason.REJECTED));
      try (StoreScu monitor = StoreScu.open(scp.caller("MONITOR"), List.of(CT));
          StoreScu ct = StoreScu.open(scp.caller("CT1"), List.of(CT))) {
        assertThat(monitor.echo()).isZero();
        assertThat(store(monitor, file("1.2.3", 10_000))).isEqualTo(0x0124);
        assertThat(store(ct, file("1.2.3", 10_000))).isZero();
      }
    }
  }

  @Test
  void nobodyStoresWhereNobodyIsListed() throws Exception {
    AePolicy policy = new AePolicy(Set.of(), Set.of(), Optional.of(Set.of()), Set.of());
    try (TestScp scp = new TestScp(new Received(), policy, TestScp.SMALL, TestScp.PATIENT);
        StoreScu anybody = StoreScu.open(scp.caller("CT1"), List.of(CT))) {
      assertThat(anybody.echo()).isZero();
      assertThat(store(anybody, file("1.2.3", 10_000))).isEqualTo(0x0124);
    }
  }

  private static Pdu answer(TestScp scp, AssociateRequest request) throws IOException {
    try (RawPeer peer = new RawPeer(scp)) {
      peer.send(request);
      return peer.receive().orElseThrow();
    }
  }

  @Test
  void anotherProtocolVersionIsRejectedByTheProviderAndAnotherApplicationByTheUser()
      throws Exception {
    AssociateRequest good = RawPeer.request("A", "B", RawPeer.ECHO);
    AssociateRequest version2 =
        new AssociateRequest(
            2, "B", "A", AssociateRequest.DICOM_CONTEXT, good.contexts(), good.user());
    AssociateRequest other =
        new AssociateRequest(1, "B", "A", "1.2.3", good.contexts(), good.user());
    try (TestScp scp = new TestScp(new Received())) {
      assertThat(answer(scp, version2)).isEqualTo(new Pdu.Reject(1, 2, 2));
      assertThat(answer(scp, other)).isEqualTo(new Pdu.Reject(1, 1, 2));
    }
  }

  @Test
  void ofEachContextTheFirstSyntaxWeTakeIsChosen() throws Exception {
    String jpip = "1.2.840.10008.1.2.4.94";
    String jpeg = "1.2.840.10008.1.2.4.50";
    AssociateRequest request =
        RawPeer.request(
            "A",
            "B",
            new ProposedContext(1, RawPeer.CT, List.of(jpip, "1.3.46.1", jpeg, RawPeer.IMPLICIT)),
            new ProposedContext(3, RawPeer.CT, List.of(jpip)),
            new ProposedContext(5, "1.2.840.10008.5.1.4.1.2.1.1", List.of(RawPeer.IMPLICIT)),
            new ProposedContext(7, Uids.VERIFICATION, List.of(jpeg, RawPeer.EXPLICIT)));
    try (TestScp scp = new TestScp(new Received())) {
      AssociateAccept accept = (AssociateAccept) answer(scp, request);
      assertThat(accept.contexts())
          .containsExactly(
              new ContextResult(1, 0, jpeg),
              new ContextResult(3, 4, ""),
              new ContextResult(5, 3, ""),
              new ContextResult(7, 0, RawPeer.EXPLICIT));
      assertThat(accept.user().maxPduBytes()).isEqualTo(16 << 10);
      assertThat(accept.user().window()).isEmpty();
    }
  }

  @Test
  void everyStorageClassOfTheStandardIsTakenAndPrivateOnesWhereListed() throws Exception {
    assertThat(StorageClasses.uids()).hasSize(175);
    AePolicy policy =
        new AePolicy(Set.of(), Set.of(), Optional.empty(), Set.of("1.3.46.670589.5.0.1.1"));
    List<String> all = new ArrayList<>(StorageClasses.uids());
    all.add("1.3.46.670589.5.0.1.1");
    try (TestScp scp = new TestScp(new Received(), policy, TestScp.SMALL, TestScp.PATIENT)) {
      for (int from = 0; from < all.size(); from += 100) {
        List<StoreScu.Offer> offers =
            all.subList(from, Math.min(all.size(), from + 100)).stream()
                .map(uid -> new StoreScu.Offer(uid, RawPeer.IMPLICIT))
                .toList();
        try (StoreScu scu = StoreScu.open(scp.caller("A"), offers)) {
          assertThat(offers).allMatch(scu::takes);
        }
      }
    }
    try (TestScp scp = new TestScp(new Received())) {
      StoreScu.Offer unlisted = new StoreScu.Offer("1.3.46.670589.5.0.1.1", RawPeer.IMPLICIT);
      try (StoreScu scu = scp.open(unlisted)) {
        assertThat(scu.takes(unlisted)).isFalse();
      }
    }
  }

  @Test
  void aWindowIsAnsweredWithOneAndARoleWithTheUsual() throws Exception {
    AssociateRequest plain = RawPeer.request("A", "B", RawPeer.STORE);
    UserInformation user =
        new UserInformation(
            0,
            "1.2.3",
            Optional.empty(),
            Optional.of(new UserInformation.Window(0, 0)),
            List.of(new UserInformation.Role(RawPeer.CT, true, true)),
            false);
    AssociateRequest asking =
        new AssociateRequest(1, "B", "A", plain.applicationContext(), plain.contexts(), user);
    try (TestScp scp = new TestScp(new Received())) {
      AssociateAccept accept = (AssociateAccept) answer(scp, asking);
      assertThat(accept.user().window()).contains(new UserInformation.Window(1, 1));
      assertThat(accept.user().roles())
          .containsExactly(new UserInformation.Role(RawPeer.CT, true, false));
    }
  }

  @Test
  void associationsBeyondTheBoundAreRejectedForNowAndTakenLater() throws Exception {
    AssociationLimits two = new AssociationLimits(16 << 10, 2, 1 << 20);
    try (TestScp scp = new TestScp(new Received(), AePolicy.open(), two, TestScp.PATIENT)) {
      try (StoreScu first = scp.open();
          StoreScu second = scp.open()) {
        assertThat(answer(scp, RawPeer.request("A", "B", RawPeer.ECHO)))
            .isEqualTo(new Pdu.Reject(2, 3, 2));
        assertThat(first.echo() + second.echo()).isZero();
      }
      while (scp.scp.room() < 2) {
        Thread.onSpinWait();
      }
      assertThat(scp.serves()).isTrue();
    }
  }

  @Test
  void manyAssociationsStoreAtOnce() throws Exception {
    Received received = new Received();
    ExecutorService senders = Executors.newFixedThreadPool(8);
    try (TestScp scp = new TestScp(received)) {
      CountDownLatch together = new CountDownLatch(8);
      List<Future<Integer>> results = new ArrayList<>();
      for (int s = 0; s < 8; s++) {
        String prefix = "1.2." + s + ".";
        results.add(
            senders.submit(
                () -> {
                  try (StoreScu scu = scp.open(CT)) {
                    together.countDown();
                    together.await();
                    int failed = 0;
                    for (int i = 0; i < 20; i++) {
                      failed += store(scu, file(prefix + i, 30_000 + i)) == 0 ? 0 : 1;
                    }
                    return failed;
                  }
                }));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isZero();
      }
    } finally {
      senders.shutdownNow();
    }
    assertThat(received.objects).hasSize(160);
    for (Received.Stored stored : received.objects) {
      String uid = stored.head().sopInstanceUid();
      int i = Integer.parseInt(uid.substring(uid.lastIndexOf('.') + 1));
      assertThat(stored.file()).isEqualTo(file(uid, 30_000 + i));
    }
  }

  @Test
  void releaseIsAnswered() throws Exception {
    try (TestScp scp = new TestScp(new Received());
        RawPeer peer = RawPeer.associated(scp)) {
      peer.send(new Pdu.ReleaseRequest());
      assertThat(peer.receive()).contains(new Pdu.ReleaseReply());
    }
  }

  @Test
  void aReleaseBehindAnObjectIsAnsweredAfterIt() throws Exception {
    Received received = new Received();
    try (TestScp scp = new TestScp(received);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      peer.value(3, false, true, new byte[1000]);
      peer.send(new Pdu.ReleaseRequest());
      assertThat(peer.status()).isZero();
      assertThat(peer.receive()).contains(new Pdu.ReleaseReply());
      assertThat(received.of("1.2.3")).isPresent();
    }
  }

  @Test
  void commandAndDataInOnePduAndCommandsInPiecesAreTaken() throws Exception {
    Received received = new Received();
    try (TestScp scp = new TestScp(received);
        RawPeer peer = RawPeer.associated(scp)) {
      byte[] command = RawPeer.storeRequest(RawPeer.CT, "1.2.3").toBytes();
      peer.send(
          new Pdu.Transfer(
              List.of(
                  new Pdv(3, true, false, Arrays.copyOf(command, 10)),
                  new Pdv(3, true, true, Arrays.copyOfRange(command, 10, command.length)),
                  new Pdv(3, false, false, new byte[] {1, 2}),
                  new Pdv(3, false, true, new byte[] {3}))));
      assertThat(peer.status()).isZero();
      assertThat(received.of("1.2.3").orElseThrow().dataset()).containsExactly(1, 2, 3);
    }
  }
}
