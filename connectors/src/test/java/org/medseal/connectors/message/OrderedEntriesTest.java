package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Format;
import org.medseal.ledger.model.Bytes;

class OrderedEntriesTest {
  private static final int ORDERS = 5_000;

  private final OrderedEntries entries = OrderedEntries.byOrder();
  private final TreeMap<Long, Entry> expected = new TreeMap<>();
  private final Random random = new Random(1);

  static Entry entry(long order) {
    byte[] tail = ByteBuffer.allocate(16).putLong(order).putLong(order).array();
    Receival head =
        new Receival(
            MessageId.of(order, tail).toString(),
            "lab",
            Format.HL7V2,
            order,
            1,
            Bytes.of(tail),
            Optional.of(Bytes.of(tail)),
            false,
            Optional.empty(),
            Optional.empty());
    return new Entry(new FeedCount("lab"), new InboxFrames.Head(head, 1, order, true), order);
  }

  private void add(long order) {
    if (!expected.containsKey(order)) {
      Entry entry = entry(order);
      expected.put(order, entry);
      entries.add(entry);
    }
  }

  private void remove(long order) {
    entries.remove(entry(order));
    expected.remove(order);
  }

  private void requireAsExpected() {
    assertThat(entries.size()).isEqualTo(expected.size());
    assertThat(entries.all()).containsExactlyElementsOf(expected.values());
    assertThat(entries.backFrom(any -> true))
        .containsExactlyElementsOf(expected.descendingMap().values());
    for (int i = 0; i < 20; i++) {
      long from = random.nextInt(ORDERS + 2) - 1L;
      assertThat(entries.from(entry -> entry.order < from))
          .containsExactlyElementsOf(expected.tailMap(from).values());
      assertThat(entries.backFrom(entry -> entry.order < from))
          .containsExactlyElementsOf(expected.headMap(from, false).descendingMap().values());
      assertThat(entries.first(entry -> entry.order < from))
          .isEqualTo(Optional.ofNullable(expected.ceilingEntry(from)).map(e -> e.getValue()));
    }
  }

  @Test
  void whateverOrderTheyComeAndGoInTheyStandInTheirs() {
    for (int round = 0; round < 60; round++) {
      for (int i = 0; i < 500; i++) {
        if (random.nextInt(100) < (round < 30 ? 70 : 20)) {
          add(random.nextInt(ORDERS));
        } else {
          remove(random.nextInt(ORDERS));
        }
      }
      requireAsExpected();
    }
    for (long order = 0; order < ORDERS; order++) {
      remove(order);
    }
    requireAsExpected();
    assertThat(entries.isEmpty()).isTrue();
  }

  @Test
  void thoseInTheirOrderGoAsTheyCame() {
    for (long order = 0; order < ORDERS; order++) {
      add(order);
      if (order >= 700) {
        remove(order - 700);
      }
    }
    requireAsExpected();
  }

  @Test
  void noneIsNone() {
    requireAsExpected();
    Iterator<Entry> none = entries.all().iterator();
    Assertions.assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::next);
    remove(3);
    requireAsExpected();
  }
}
