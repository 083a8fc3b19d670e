package org.medseal.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Hash;

/** One proof, one file: whatever else comes is refused, and nothing is allocated for it. */
class ProofFileTest {
  private static final ProofChain CHAIN = ProofChain.steady(40);
  private static final List<byte[]> FILES =
      List.of(
          ProofFile.encode(CHAIN.maker().inclusion(id(), OptionalLong.empty())),
          ProofFile.encode(CHAIN.maker().inclusion(id(), OptionalLong.of(40))),
          ProofFile.encode(CHAIN.maker().consistency(20, 40, OptionalLong.of(10))));

  private static Hash id() {
    return CHAIN.transactionIds(38).get(0);
  }

  @Test
  void itIsOneLineOfJsonUnderSixteenKilobytes() {
    for (byte[] file : FILES) {
      String text = new String(file, StandardCharsets.US_ASCII);
      assertThat(text).startsWith("{\"medsealProof\":1,\"validatorSets\":[\"").endsWith("}\n");
      assertThat(text.lines()).hasSize(1);
      assertThat(file.length).isLessThan(16_384);
    }
  }

  @Property(tries = 3_000)
  void anyChangedByteIsRefused(
      @ForAll @IntRange(max = 2) int which,
      @ForAll @IntRange(max = 1 << 20) int where,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] file = FILES.get(which).clone();
    file[where % file.length] ^= (byte) change;
    assertThatThrownBy(
            () ->
                ProofVerification.verify(
                    ProofFile.decode(file), CHAIN.fromGenesis(), CHAIN.rules()))
        .isInstanceOf(ProofException.class);
  }

  @Property(tries = 500)
  void anyCutIsRefused(
      @ForAll @IntRange(max = 2) int which, @ForAll @IntRange(max = 1 << 20) int to) {
    byte[] file = FILES.get(which);
    byte[] cut = Arrays.copyOf(file, to % file.length);
    assertThatThrownBy(() -> ProofFile.decode(cut)).isInstanceOf(ProofException.class);
  }

  @Property(tries = 500)
  void anyOtherBytesAreRefused(@ForAll @Size(max = 300) byte[] bytes) {
    assertThatThrownBy(() -> ProofFile.decode(bytes)).isInstanceOf(ProofException.class);
  }

  @Test
  void anotherSpellingOfTheSameProofIsRefused() {
    String text = new String(FILES.get(0), StandardCharsets.US_ASCII);
    for (String other :
        List.of(
            text.strip(),
            " " + text,
            text.replace(":1,", ": 1,"),
            text.replace("\"medsealProof\":1", "\"medsealProof\":1.0"),
            text.replace("\"medsealProof\":1", "\"medsealProof\":2"),
            text.replace("\"medsealProof\":1", "\"medsealProof\":1,\"medsealProof\":1"),
            text.replace("\"medsealProof\":1", "\"medsealProof\":1,\"note\":\"x\""),
            text.replace("\"kind\":\"in-block\"", "\"kind\":\"in-block\",\"note\":0"),
            text.replace("in-block", "in-blocks"),
            text.replaceFirst("4d534c", "4D534C"),
            text + text,
            "null\n",
            "[]\n")) {
      assertThat(other).isNotEqualTo(text);
      assertThatThrownBy(() -> ProofFile.decode(other.getBytes(StandardCharsets.US_ASCII)))
          .as(other.substring(0, Math.min(60, other.length())))
          .isInstanceOfSatisfying(
              ProofException.class,
              e -> assertThat(e.reason()).isEqualTo(ProofException.Reason.MALFORMED));
    }
  }

  @Test
  void deepNestingIsRefused() {
    byte[] deep = "[".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> ProofFile.decode(deep)).isInstanceOf(ProofException.class);
    assertThatThrownBy(() -> ProofFile.decode(new byte[ProofFile.MAX_BYTES + 1]))
        .hasMessageContaining("larger than any");
  }
}
