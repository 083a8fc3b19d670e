package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicomcamel.DicomConstants;
import org.medseal.connectors.dicomnet.AssociationTimers;
import org.medseal.connectors.dicomnet.LineTls;
import org.medseal.connectors.dicomnet.ScuSettings;
import org.medseal.connectors.dicomnet.StoreScu;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/** The shipped C-STORE route, into the inbox. */
class DicomRouteTest {
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final StoreScu.Offer OFFER =
      new StoreScu.Offer(CT, TransferSyntax.EXPLICIT_LITTLE.uid());

  @TempDir Path home;

  private static byte[] ct() {
    return Part10.write(TransferSyntax.EXPLICIT_LITTLE, Part10.smallCt());
  }

  /** The same with so many bytes of noise behind it: nobody looks at a data set on its way in. */
  private static byte[] ct(int more) {
    byte[] small = ct();
    byte[] noise = new byte[more];
    new Random(more).nextBytes(noise);
    byte[] all = Arrays.copyOf(small, small.length + more);
    System.arraycopy(noise, 0, all, small.length, more);
    return all;
  }

  private static ScuSettings to(Hospital hospital, Optional<LineTls> tls) {
    return new ScuSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), hospital.dicomPort("dicom")),
        "MEDSEAL",
        "CT1",
        AssociationTimers.defaults(),
        tls);
  }

  private static int store(Hospital hospital, byte[] file) throws IOException {
    try (StoreScu scu = StoreScu.open(to(hospital, Optional.empty()), List.of(OFFER))) {
      return scu.store(new ByteArrayInputStream(file));
    }
  }

  private static List<MessageView> messages(Hospital hospital) {
    return hospital.store.list(Optional.empty(), 100, Optional.empty());
  }

  @Test
  void anObjectIsInTheInboxByteForByteBeforeItsAnswer() throws Exception {
    try (Hospital hospital =
        new Hospital(home, MessageLimits.defaults()).start("feeds/dicom.yaml")) {
      for (int more : new int[] {0, 900_000, 5_000_000}) { // journal, journal, spool
        byte[] file = ct(more);
        assertThat(store(hospital, file)).isZero();
        List<MessageView> all = messages(hospital);
        MessageView newest = all.get(all.size() - 1);
        assertThat(newest.feed()).isEqualTo("dicom");
        assertThat(newest.format()).isEqualTo(Format.DICOM);
        byte[] stored = hospital.store.raw(newest.id());
        assertThat(dataset(stored)).isEqualTo(dataset(file));
      }
    }
  }

  private static byte[] dataset(byte[] file) {
    int length = (file[140] & 0xFF) | (file[141] & 0xFF) << 8;
    return Arrays.copyOfRange(file, 144 + length, file.length);
  }

  @Test
  void theSameObjectAgainIsAcknowledgedAndStoredOnce() throws Exception {
    try (Hospital hospital =
        new Hospital(home, MessageLimits.defaults()).start("feeds/dicom.yaml")) {
      assertThat(store(hospital, ct())).isZero();
      assertThat(store(hospital, ct())).isZero();
      assertThat(messages(hospital)).hasSize(1);
    }
  }

  @Test
  void aFullInboxIsAnsweredA700AndKeepsNothing() throws Exception {
    try (Hospital hospital =
        new Hospital(home, new MessageLimits(1 << 20, 1, 1 << 20, 10)).start("feeds/dicom.yaml")) {
      assertThat(store(hospital, ct(10))).isZero();
      assertThat(store(hospital, ct(20))).isEqualTo(0xA700);
      assertThat(store(hospital, ct(3_000_000))).isEqualTo(0xA700);
      assertThat(messages(hospital)).hasSize(1);
    }
  }

  @Test
  void anObjectTooLargeForTheStoreIsAnswered0110() throws Exception {
    try (Hospital hospital =
        new Hospital(home, new MessageLimits(1 << 20, 2 << 20, 100, 1L << 30, 10))
            .start("feeds/dicom.yaml")) {
      assertThat(store(hospital, ct(3 << 20))).isEqualTo(0x0110);
      assertThat(messages(hospital)).isEmpty();
    }
  }

  @Test
  void aRouteThatStoresNothingNeverAnswersSuccess() throws Exception {
    try (Hospital hospital = new Hospital(home, MessageLimits.defaults()).start()) {
      hospital.load(
          "careless.yaml",
          """
          - route:
              id: dicom
              from:
                uri: "dicom:127.0.0.1:0"
                steps:
                  - setBody:
                      constant: gone
          """);
      assertThat(store(hospital, ct())).isEqualTo(0x0110);
    }
  }

  @Test
  void aSampleSentByCStoreIsCommitted() throws Exception {
    try (Hospital hospital =
        new Hospital(home, MessageLimits.defaults()).start("feeds/dicom.yaml", "pipeline.yaml")) {
      byte[] sample = Hospital.sample("dicom/ct-head.dcm");
      try (StoreScu scu =
          StoreScu.open(
              to(hospital, Optional.empty()),
              List.of(StoreScu.Offer.of(new ByteArrayInputStream(sample))))) {
        assertThat(scu.store(new ByteArrayInputStream(sample))).isZero();
      }
      RouteCase.awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 1);
    }
  }

  @Test
  void aProducerForwardsWhatAPeerTakesAndFailsOnWhatItDoesNot() throws Exception {
    try (Hospital hospital =
        new Hospital(home, MessageLimits.defaults()).start("feeds/dicom.yaml")) {
      String peer = "dicom:127.0.0.1:" + hospital.dicomPort("dicom") + "?aeTitle=FORWARDER";
      try (var sender = hospital.camel.createProducerTemplate()) {
        Object status =
            sender
                .request(peer, e -> e.getMessage().setBody(ct()))
                .getMessage()
                .getHeader(DicomConstants.STATUS);
        assertThat(status).isEqualTo(0);
        sender.sendBody(peer, new ByteArrayInputStream(ct(100)));
        assertThat(messages(hospital)).hasSize(2);
        assertThatThrownBy(() -> sender.sendBody(peer, new byte[500]))
            .isInstanceOf(CamelExecutionException.class)
            .hasRootCauseMessage("the file cannot be sent: it does not begin as a Part 10 file");
      }
    }
  }

  @Test
  void withTlsOnlyASenderOfTheClientCaIsTaken() throws Exception {
    TestCertificate server = TestCertificate.of("EC");
    TestCertificate client = TestCertificate.of("EC");
    LineSettings line =
        new LineSettings(
            Optional.empty(), Optional.of(server.files(home.resolve("tls"), Optional.of(client))));
    try (Hospital hospital =
        new Hospital(home, MessageLimits.defaults(), Map.of("dicom", line))
            .start("feeds/dicom.yaml")) {
      assertThat(echo(hospital, TestCertificate.client(server, Optional.of(client)))).isZero();
      assertThatThrownBy(
              () ->
                  echo(
                      hospital,
                      TestCertificate.client(server, Optional.of(TestCertificate.of("EC")))))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store(hospital, ct())).isInstanceOf(IOException.class);
    }
  }

  private static int echo(Hospital hospital, SSLContext context) throws IOException {
    LineTls tls = new LineTls(context, true);
    try (StoreScu scu = StoreScu.open(to(hospital, Optional.of(tls)), List.of())) {
      return scu.echo();
    }
  }
}
