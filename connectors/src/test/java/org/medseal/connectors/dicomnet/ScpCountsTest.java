package org.medseal.connectors.dicomnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.UserInformation;

class ScpCountsTest {
  private static final StoreScu.Offer CT = new StoreScu.Offer(RawPeer.CT, RawPeer.EXPLICIT);

  @Test
  void everyAssociationAndEveryAnswerIsCountedOnce() throws Exception {
    AePolicy policy = new AePolicy(Set.of(), Set.of("CT1", "WARD"), storing("CT1"), Set.of());
    try (TestScp scp = new TestScp(new Received(), policy, TestScp.SMALL, TestScp.PATIENT)) {
      assertThatThrownBy(() -> StoreScu.open(scp.caller("STRANGER"), List.of(CT)))
          .isInstanceOf(IOException.class);
      try (StoreScu ct = StoreScu.open(scp.caller("CT1"), List.of(CT));
          StoreScu ward = StoreScu.open(scp.caller("WARD"), List.of(CT))) {
        ct.store(new ByteArrayInputStream(StoreScpTest.file("1.2.3", 1000)));
        ct.store(new ByteArrayInputStream(StoreScpTest.file("1.2.4", 1000)));
        ward.store(new ByteArrayInputStream(StoreScpTest.file("1.2.5", 1000)));
        assertThat(scp.counts.reading().open()).isEqualTo(2);
      }
      await().until(() -> scp.counts.reading().open() == 0);
      ScpCounts.Reading read = scp.counts.reading();
      assertThat(read.accepted()).isEqualTo(2);
      assertThat(read.rejected()).isEqualTo(1);
      assertThat(read.aborted()).isZero();
      assertThat(read.answers())
          .containsEntry(StoreStatus.SUCCESS, 2L)
          .containsEntry(StoreStatus.NOT_AUTHORIZED, 1L)
          .containsEntry(StoreStatus.OUT_OF_RESOURCES, 0L);
    }
  }

  @Test
  void anAssociationThatIsNotReleasedIsAborted() throws Exception {
    try (TestScp scp = new TestScp(new Received())) {
      try (RawPeer peer = RawPeer.associated(scp)) {
        peer.storeCommand("1.2.3");
      }
      await().until(() -> scp.counts.reading().aborted() == 1);
      assertThat(scp.counts.reading().open()).isZero();
    }
  }

  @Test
  void aUserIdentityIsReadOverUnlessItIsToBeRefused() {
    AssociateRequest plain = RawPeer.request("A", "B", RawPeer.ECHO);
    UserInformation user =
        new UserInformation(0, "1.2.3", Optional.empty(), Optional.empty(), List.of(), true);
    AssociateRequest identified =
        new AssociateRequest(1, "B", "A", plain.applicationContext(), plain.contexts(), user);
    AePolicy refusing = new AePolicy(Set.of(), Set.of(), Optional.empty(), Set.of(), true);
    assertThat(new Negotiation(AePolicy.open(), 16384).refusal(identified)).isEmpty();
    assertThat(new Negotiation(refusing, 16384).refusal(plain)).isEmpty();
    assertThat(new Negotiation(refusing, 16384).refusal(identified))
        .contains(Negotiation.NO_REASON);
  }

  private static Optional<Set<String>> storing(String title) {
    return Optional.of(Set.of(title));
  }
}
