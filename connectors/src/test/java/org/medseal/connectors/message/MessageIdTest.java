package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageIdTest {
  @Test
  void itsTextIsTheTimeThenTheTail() {
    byte[] tail = HexFormat.of().parseHex("fedcba98765432100123");
    String text = MessageId.of(0x18bcfe56800L, tail).toString();
    assertThat(text).isEqualTo("018bcfe56800fedcba98765432100123");
    assertThat(MessageId.of(text)).isEqualTo(MessageId.of(0x18bcfe56800L, tail));
  }

  @Test
  void idsSortAsTheirTextDoes() {
    Random random = new Random(1);
    MessageId last = new MessageId(0, 0);
    for (int i = 0; i < 1000; i++) {
      MessageId next =
          new MessageId(i % 3 == 0 ? last.high() : random.nextLong(), random.nextLong());
      assertThat(Integer.signum(last.compareTo(next)))
          .isEqualTo(Integer.signum(last.toString().compareTo(next.toString())));
      last = next;
    }
  }

  @Test
  void noOtherTextIsAnId() {
    for (String text :
        new String[] {
          "",
          "018bcfe56800fedcba9876543210012",
          "018bcfe56800fedcba98765432100123a",
          "018BCFE56800FEDCBA98765432100123",
          "018bcfe56800fedcba9876543210012g"
        }) {
      assertThat(MessageId.find(text)).isEmpty();
      assertThatIllegalArgumentException().isThrownBy(() -> MessageId.of(text));
    }
  }
}
