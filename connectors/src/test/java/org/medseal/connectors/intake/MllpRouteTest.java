package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;
import org.medseal.connectors.record.RecordContent;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.model.RecordTransaction;

class MllpRouteTest extends RouteCase {
  @Test
  void anAcknowledgedMessageOverMllpEndsOnTheLedgerAndOpensForTheCustodian() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml", "pipeline.yaml");
      assertThat(hospital.mllp(adt("c1", "778899"))).contains("\rMSA|AA|c1\r");
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 1);
      CommittedTransaction committed = hospital.ledger.all().get(0);
      RecordTransaction record = (RecordTransaction) committed.transaction();
      RecordContent content = hospital.consortium.open(record);
      assertThat(content.mediaType()).isEqualTo("application/hl7-v2");
      assertThat(new String(content.content(), StandardCharsets.UTF_8))
          .startsWith("MSH|")
          .doesNotContain(CANARY);
      assertThat(content.sequence()).isEqualTo(1);
      MessageView view = hospital.store.list(Optional.empty(), 10, Optional.empty()).get(0);
      assertThat(view.records().get(0).txId()).isEqualTo(committed.id().hex());
      assertThat(hospital.patients.patientOf(committed.id())).hasSize(1);
    }
  }

  @Test
  void theSameMessageTwiceIsAcknowledgedTwiceAndStoredOnce() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AA|c1");
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AA|c1");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
      assertThat(hospital.mllp(adt("c1", "2"))).contains("MSA|AA|c1");
      assertThat(hospital.store.list(Optional.empty(), 10, Optional.empty()))
          .extracting(MessageView::conflict)
          .containsExactlyInAnyOrder(false, true);
    }
  }

  @Test
  void aFullInboxIsAnsweredAeAndStoresNothing() throws Exception {
    try (Hospital hospital = new Hospital(home, FULL)) {
      hospital.start("feeds/mllp.yaml");
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AA|c1");
      assertThat(hospital.mllp(adt("c2", "2"))).contains("MSA|AE|c2");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
    }
  }

  @Test
  void aFailedDiskIsAnsweredAe() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      hospital.store.close();
      assertThat(hospital.mllp(adt("c1", "1"))).contains("MSA|AE|c1");
    }
  }

  @Test
  void aDeadLetterChannelCannotAnswerAa() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              errorHandler(deadLetterChannel("log:dead?showAll=false"));
              from("netty:tcp://127.0.0.1:0?decoders=#mllpDecoder&encoders=#mllpEncoder&sync=true")
                  .to("inbox:mllp?format=HL7V2")
                  .process("#mllpAnswer");
            }
          });
      hospital.start();
      hospital.store.close();
      assertThat(hospital.mllp(adt("c1", "1"))).isEmpty();
    }
  }

  @Test
  void anUnreadableFrameIsKeptQuarantinedAndAnswered() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      assertThat(hospital.mllp(Hospital.bytes("PID|1||no head\r"))).contains("MSA|AR");
      assertThat(hospital.mllp(Hospital.bytes("MSH|^~\\&|A|B\r"))).contains("MSA|AR");
      String unframed = new String(adt("c7", "1"), StandardCharsets.US_ASCII);
      assertThat(hospital.line(Hospital.bytes(unframed))).contains("MSA|AR|c7");
      assertThat(hospital.store.list(Optional.of(MessageState.QUARANTINED), 10, Optional.empty()))
          .hasSize(3)
          .allSatisfy(m -> assertThat(m.reason()).contains(QuarantineReason.UNPARSABLE));
    }
  }
}
