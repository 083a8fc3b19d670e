package org.medseal.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.CodecException;

class RecordContentTest {
  private static final RecordContent CONTENT =
      new RecordContent(
          7, "application/hl7-v2", "r1", new TreeMap<>(Map.of("a", 1, "b", 2)), new byte[] {1, 2});

  @Test
  void whatIsEncodedDecodesToTheSame() {
    RecordContent back = RecordContent.decode(CONTENT.encode());
    assertThat(back.encode()).isEqualTo(CONTENT.encode());
    assertThat(back.sequence()).isEqualTo(7);
    assertThat(back.ruleCounts()).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    assertThat(back.content()).containsExactly(1, 2);
  }

  @Test
  void everyCutAndEveryExtraByteIsRejected() {
    byte[] whole = CONTENT.encode();
    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> RecordContent.decode(part)).isInstanceOf(CodecException.class);
    }
    assertThatThrownBy(() -> RecordContent.decode(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void anUnknownVersionIsRejected() {
    byte[] other = CONTENT.encode();
    other[0] = 1;
    assertThatThrownBy(() -> RecordContent.decode(other)).isInstanceOf(CodecException.class);
  }
}
