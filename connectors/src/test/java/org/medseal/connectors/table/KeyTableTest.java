package org.medseal.connectors.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;

class KeyTableTest {
  private final KeyTable table = new KeyTable();

  /** Few homes for many keys, at the end of a table, so that most of them stand elsewhere. */
  private static KeyTable.Key crowded(int key) {
    return new KeyTable.Key(key / 4 % 3, (long) key << Integer.SIZE | 0xFFFFFFFFL - key % 4);
  }

  @Test
  void whatIsPutAndTakenAwayInAnyOrderIsWhatIsLeft() {
    Map<Integer, Integer> expected = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      int key = random.nextInt(300);
      if (random.nextBoolean()) {
        table.put(crowded(key), 1 + i);
        expected.put(key, 1 + i);
      } else {
        table.remove(crowded(key), expected.getOrDefault(key, 7));
        expected.remove(key);
      }
      int looked = random.nextInt(300);
      assertThat(table.get(crowded(looked))).isEqualTo(expected.getOrDefault(looked, 0));
    }
    assertThat(table.size()).isEqualTo(expected.size());
    for (int key = 0; key < 300; key++) {
      assertThat(table.get(crowded(key))).isEqualTo(expected.getOrDefault(key, 0));
    }
  }

  @Test
  void aKeyOfAnotherNumberStays() {
    table.put(crowded(1), 5);
    table.remove(crowded(1), 6);
    assertThat(table.get(crowded(1))).isEqualTo(5);
  }

  @Test
  void keysAreTheirBytes() {
    byte[] bytes = new byte[32];
    bytes[7] = 1;
    bytes[15] = 2;
    bytes[16] = 3;
    KeyTable.Key first = KeyTable.Key.firstOf(Bytes.of(bytes));
    assertThat(first).isEqualTo(new KeyTable.Key(1, 2));
    assertThat(KeyTable.Key.of(Bytes.of(bytes, 0, 16))).isEqualTo(first);
    assertThatIllegalArgumentException().isThrownBy(() -> KeyTable.Key.of(Bytes.of(bytes)));
  }

  @Test
  void aNumberIsAboveZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> table.put(crowded(1), 0));
  }
}
