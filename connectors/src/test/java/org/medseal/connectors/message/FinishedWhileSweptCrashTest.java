package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.message.Receipt.Status.DUPLICATE;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.QuarantineReason;

/**
 * Messages are finished, one at each call to the disk, while the journals are swept; and at every
 * one of those calls the process is killed, or the power cut.
 */
class FinishedWhileSweptCrashTest extends CrashCase {
  /** What was finished a moment ago may go too, once that is durable. */
  private static final Duration AT_ONCE = Duration.ZERO;

  private final List<Open> all = new ArrayList<>();
  private Path filled;
  private Finisher<Open> finisher;

  /** One that waits to be finished. */
  private record Open(String id, int seed, MessageState state) {
    String text() {
      return hl7("P" + seed, seed);
    }

    void finish(MessageStore store) {
      switch (state) {
        case RECEIVED -> store.notARecord(id, "test");
        case QUARANTINED -> store.discard(id, DiscardReason.TEST);
        default -> store.committed(part(seed, 10).transaction().id(), 5, 0);
      }
    }
  }

  @BeforeEach
  void fill() {
    filled = folder.resolve("filled");
    try (MessageStore store =
        new StoreFixture(filled).open(ROOM, CutDisk.endless(filled), SMALL_FILES)) {
      for (int seed = 1; seed <= 15; seed++) {
        all.add(waiting(store, seed));
        over(store, 100 + seed);
      }
      for (int seed = 200; seed < 220; seed++) {
        over(store, seed); // so much that both journals are swept
      }
    }
  }

  /** Discarding waits for the disk, and so does whatever was finished before: it comes last. */
  @Override
  void begin() {
    finisher =
        new Finisher<>(
            all.stream()
                .sorted(Comparator.comparing(each -> each.state() == MessageState.QUARANTINED))
                .toList());
  }

  private static Open waiting(MessageStore store, int seed) {
    String id = receive(store, hl7("P" + seed, seed)).id();
    switch (seed % 3) {
      case 0 -> store.quarantined(id, QuarantineReason.RULE_ERROR, "x");
      case 1 -> store.sealed(id, List.of(part(seed, 10)));
      default -> {
        // stays as it is
      }
    }
    return new Open(id, seed, store.find(id).orElseThrow().state());
  }

  private static void over(MessageStore store, int seed) {
    String id = receive(store, hl7("P" + seed, seed)).id();
    store.sealed(id, List.of(part(seed, 10)));
    store.committed(part(seed, 10).transaction().id(), 5, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbox", "outbox"})
  void whatIsFinishedMeanwhileIsFinishedOrWholeAsBefore(String journal) throws IOException {
    cutEverywhere(
        filled,
        (store, fixture, disk) -> {
          disk.beforeChange(
              path -> {
                if (path.toString().contains(journal)) {
                  finisher.next(each -> each.finish(store));
                }
              });
          try {
            store.sweep(AT_ONCE);
          } finally {
            finisher.done();
          }
        },
        this::nothingIsLostAndNothingComesBack);
  }

  private void nothingIsLostAndNothingComesBack(End end) {
    List<Open> left = new ArrayList<>();
    try (MessageStore store = open(end.home())) {
      all.stream().filter(each -> !isFinished(store, each, end)).forEach(left::add);
      left.forEach(each -> isWhole(store, each, end.when()));
      assertThat(store.pending(100))
          .as(end.when())
          .containsExactlyElementsOf(ids(left, MessageState.SEALED));
      assertThat(handedOut(store))
          .as("nothing is sealed a second time, " + end.when())
          .isEqualTo(ids(left, MessageState.RECEIVED));
      store.sweep(AT_ONCE);
    }
    try (MessageStore store = open(end.home())) {
      left.forEach(each -> isWhole(store, each, "swept again, " + end.when()));
      assertThat(all)
          .as(end.when())
          .allSatisfy(
              each -> assertThat(receive(store, each.text()).status()).isEqualTo(DUPLICATE));
    }
  }

  /** It is what it was, or what it was made; and that for good where it was written. */
  private boolean isFinished(MessageStore store, Open each, End end) {
    Optional<MessageState> state = store.find(each.id()).map(MessageView::state);
    boolean finished = state.isEmpty() || state.get().isFinished();
    if (finished) {
      assertThat(finisher.begun()).as(end.when()).contains(each);
    } else {
      assertThat(state).as(end.when()).contains(each.state());
      assertThat(end.killed() && finisher.done().contains(each)).as(end.when()).isFalse();
    }
    return finished;
  }

  private static void isWhole(MessageStore store, Open each, String when) {
    assertThat(store.raw(each.id()))
        .as(when)
        .isEqualTo(each.text().getBytes(StandardCharsets.UTF_8));
    if (each.state() == MessageState.SEALED) {
      assertThat(store.records(each.id())).as(when).hasSize(1);
      assertThat(store.transactionBytes(store.records(each.id()).get(0).txId()))
          .as("committed again it is the same transaction, " + when)
          .isEqualTo(part(each.seed(), 10).transaction().encoded().toArray());
    }
  }

  private static List<String> handedOut(MessageStore store) {
    List<String> ids = new ArrayList<>();
    for (Optional<Lease> next = lease(store); next.isPresent(); next = lease(store)) {
      ids.add(next.get().id());
    }
    return ids;
  }

  private static List<String> ids(List<Open> some, MessageState state) {
    return some.stream().filter(each -> each.state() == state).map(Open::id).toList();
  }
}
