package org.medseal.connectors.dicomnet.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept.ContextResult;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;

class PduCodecTest {
  private static final int MAX_BYTES = 4096;
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final String IMPLICIT = "1.2.840.10008.1.2";

  private static byte[] bytes(Pdu pdu) {
    ByteBuf out = Unpooled.buffer();
    PduWriter.write(pdu, out);
    return ByteBufUtil.getBytes(out);
  }

  /** What a connection makes of these bytes, which arrive in pieces of this size. */
  private static List<Pdu> decoded(byte[] bytes, int piece) {
    EmbeddedChannel channel = new EmbeddedChannel(new PduDecoder(MAX_BYTES));
    List<Pdu> all = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += piece) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
      for (Pdu pdu = channel.readInbound(); pdu != null; pdu = channel.readInbound()) {
        all.add(pdu);
      }
    }
    channel.finishAndReleaseAll();
    return all;
  }

  private static UserInformation user() {
    return new UserInformation(
        16384,
        "1.2.3",
        Optional.of("TEST"),
        Optional.of(new UserInformation.Window(5, 0)),
        List.of(new UserInformation.Role(CT, true, false)),
        false);
  }

  private static AssociateRequest request() {
    return new AssociateRequest(
        1,
        "CALLED",
        "CALLING",
        AssociateRequest.DICOM_CONTEXT,
        List.of(
            new ProposedContext(1, CT, List.of(IMPLICIT, IMPLICIT + ".1")),
            new ProposedContext(255, "1.2.840.10008.1.1", List.of(IMPLICIT))),
        user());
  }

  @Example
  void aRequestAsDcmtkSendsItIsRead() {
    // echoscu -d 127.0.0.1 of DCMTK 3.6.8, written down from the wire
    String hex =
        "0100"
            + "000000cd"
            + "0001"
            + "0000"
            + hexOf("ANY-SCP         ")
            + hexOf("ECHOSCU         ")
            + "00".repeat(32)
            + "10000015"
            + hexOf("1.2.840.10008.3.1.1.1")
            + "2000002e01000000"
            + "30000011"
            + hexOf("1.2.840.10008.1.1")
            + "40000011"
            + hexOf("1.2.840.10008.1.2")
            + "5000003a"
            + "5100000400004000"
            + "5200001b"
            + hexOf("1.2.276.0.7230010.3.0.3.6.8")
            + "5500000f"
            + hexOf("OFFIS_DCMTK_368");
    List<Pdu> read = decoded(ByteBufUtil.decodeHexDump(hex), 7);
    AssociateRequest request = (AssociateRequest) read.get(0);
    assertThat(request.calledAe()).isEqualTo("ANY-SCP");
    assertThat(request.callingAe()).isEqualTo("ECHOSCU");
    assertThat(request.contexts())
        .containsExactly(new ProposedContext(1, "1.2.840.10008.1.1", List.of(IMPLICIT)));
    assertThat(request.user().maxPduBytes()).isEqualTo(16384);
    assertThat(request.user().implementationVersion()).contains("OFFIS_DCMTK_368");
  }

  private static String hexOf(String text) {
    return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Example
  void theShortPdusAreTenBytesOfTheStandard() {
    assertThat(ByteBufUtil.hexDump(bytes(new Pdu.ReleaseRequest())))
        .isEqualTo("05000000000400000000");
    assertThat(ByteBufUtil.hexDump(bytes(new Pdu.ReleaseReply())))
        .isEqualTo("06000000000400000000");
    assertThat(ByteBufUtil.hexDump(bytes(new Pdu.Abort(2, 6)))).isEqualTo("07000000000400000206");
    assertThat(ByteBufUtil.hexDump(bytes(new Pdu.Reject(1, 1, 7))))
        .isEqualTo("03000000000400010107");
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadInPiecesOfAnySize(
      @ForAll("pdus") List<Pdu> pdus, @ForAll @IntRange(min = 1, max = 600) int piece) {
    ByteBuf out = Unpooled.buffer();
    pdus.forEach(pdu -> PduWriter.write(pdu, out));
    List<Pdu> read = decoded(ByteBufUtil.getBytes(out), piece);
    assertThat(read).usingRecursiveComparison().isEqualTo(pdus);
  }

  @Provide
  Arbitrary<List<Pdu>> pdus() {
    Arbitrary<Pdv> value =
        Combinators.combine(
                Arbitraries.integers().between(0, 127).map(i -> 2 * i + 1),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
            .as(Pdv::new);
    Arbitrary<Pdu> transfer = value.list().ofMinSize(1).ofMaxSize(4).map(Pdu.Transfer::new);
    AssociateAccept accept =
        new AssociateAccept(
            1,
            "CALLED",
            "CALLING",
            AssociateRequest.DICOM_CONTEXT,
            List.of(new ContextResult(1, 0, IMPLICIT), new ContextResult(3, 3, "")),
            user());
    Arbitrary<Pdu> others =
        Arbitraries.of(
            request(),
            accept,
            new Pdu.Reject(2, 3, 2),
            new Pdu.ReleaseRequest(),
            new Pdu.ReleaseReply(),
            new Pdu.Abort(0, 0));
    return Arbitraries.oneOf(transfer, others).list().ofMaxSize(6);
  }

  @Example
  void everyCutOfARequestIsWaitedForAndNotRead() {
    byte[] whole = bytes(request());
    for (int length = 0; length < whole.length; length++) {
      assertThat(decoded(Arrays.copyOf(whole, length), 1000)).isEmpty();
    }
    assertThat(decoded(whole, 1000)).containsExactly(request());
  }

  @Example
  void fourGigabytesDeclaredAreRefusedByTheHeadAlone() {
    for (int type = 0; type < 256; type++) {
      byte[] head = {(byte) type, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
      assertThat(decoded(head, 6))
          .as("type %d", type)
          .hasSize(1)
          .allMatch(Pdu.Invalid.class::isInstance);
    }
  }

  @Example
  void aTransferAboveTheCapIsRefusedAndOneAtTheCapIsNot() {
    int most = MAX_BYTES - Pdv.OVERHEAD;
    Pdv atCap = new Pdv(1, false, true, new byte[most]);
    assertThat(decoded(bytes(new Pdu.Transfer(List.of(atCap))), 999))
        .singleElement()
        .isInstanceOf(Pdu.Transfer.class);
    Pdv above = new Pdv(1, false, true, new byte[most + 1]);
    assertThat(decoded(bytes(new Pdu.Transfer(List.of(above))), 999))
        .containsExactly(new Pdu.Invalid(PduException.Reason.TOO_LONG));
  }

  @Example
  void afterAnInvalidPduNothingMoreIsRead() {
    byte[] invalid = {9, 0, 0, 0, 0, 0};
    ByteBuf both = Unpooled.wrappedBuffer(invalid, bytes(new Pdu.ReleaseRequest()));
    assertThat(decoded(ByteBufUtil.getBytes(both), 3))
        .containsExactly(new Pdu.Invalid(PduException.Reason.UNRECOGNIZED_TYPE));
  }

  @Example
  void evenContextIdsAndIdsThatComeTwiceAreInvalid() {
    AssociateRequest even = withContexts(new ProposedContext(2, CT, List.of(IMPLICIT)));
    AssociateRequest twice =
        withContexts(
            new ProposedContext(1, CT, List.of(IMPLICIT)),
            new ProposedContext(1, CT, List.of(IMPLICIT)));
    assertThat(decoded(bytes(even), 999))
        .containsExactly(new Pdu.Invalid(PduException.Reason.BAD_VALUE));
    assertThat(decoded(bytes(twice), 999))
        .containsExactly(new Pdu.Invalid(PduException.Reason.BAD_VALUE));
  }

  private static AssociateRequest withContexts(ProposedContext... contexts) {
    AssociateRequest r = request();
    return new AssociateRequest(
        1, r.calledAe(), r.callingAe(), r.applicationContext(), List.of(contexts), r.user());
  }

  @Example
  void ofAUserIdentityOnlyItsPresenceIsKept() {
    byte[] plain = bytes(request());
    byte[] item =
        ByteBufUtil.decodeHexDump(
            "5800000e" + "0200" + "0004" + hexOf("user") + "0004" + hexOf("pass"));
    ByteBuf with = Unpooled.buffer().writeBytes(plain).writeBytes(item);
    with.setInt(2, with.readableBytes() - 6);
    int userAt = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(new byte[] {0x50, 0}), with);
    int lengthAt = userAt + 2;
    with.setShort(lengthAt, with.getUnsignedShort(lengthAt) + item.length);
    AssociateRequest read = (AssociateRequest) decoded(ByteBufUtil.getBytes(with), 999).get(0);
    assertThat(read.user().hasUserIdentity()).isTrue();
    assertThat(read.toString()).doesNotContain("user=user").doesNotContain("pass");
  }

  @Property(tries = 2_000)
  void anyFlippedByteIsReadOrInvalidButNeverAnException(
      @ForAll @IntRange(max = 10_000) int where, @ForAll byte value) {
    byte[] bytes = bytes(request());
    bytes[where % bytes.length] = value;
    assertThat(decoded(bytes, 100)).hasSizeLessThanOrEqualTo(1);
  }
}
