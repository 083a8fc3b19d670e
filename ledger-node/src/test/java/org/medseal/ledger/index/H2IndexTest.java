package org.medseal.ledger.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.app.AppStore.CommittedAction;
import org.medseal.ledger.app.AppStore.Location;
import org.medseal.ledger.app.AppStore.Topic;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.codec.Samples;
import org.medseal.ledger.index.IndexException.Reason;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordTransaction;

class H2IndexTest {
  private static TestConsortium consortium;

  @TempDir private Path folder;

  @BeforeAll
  static void setUpConsortium() {
    consortium = new TestConsortium(1);
  }

  private static void commit(
      H2Index index, long height, byte[] state, IdentifiedTransaction... transactions) {
    index.commit(height, state, block(height, transactions), Hash.ZERO);
  }

  private static Block block(long height, IdentifiedTransaction... transactions) {
    return new Block(Samples.header(height), List.of(transactions), Optional.empty(), List.of());
  }

  private static byte[] state(int length, int value) {
    byte[] state = new byte[length];
    Arrays.fill(state, (byte) value);
    return state;
  }

  @Test
  void anEmptyIndexKnowsNothing() {
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isZero();
      assertThat(index.state()).isEmpty();
      assertThat(index.containsTransaction(Hash.ZERO)).isFalse();
      assertThat(index.recordsByTags(List.of(Hash.ZERO))).isEmpty();
    }
  }

  @Test
  void whatABlockBroughtIsFoundAlsoAfterARestart() {
    Hash tag = TestConsortium.randomHash();
    IdentifiedTransaction record = consortium.record().tag(tag).sign();
    IdentifiedTransaction later = consortium.record().tag(tag).sign();
    IdentifiedTransaction request = consortium.action(0, consortium.accessRequest());
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(10, 1), request, record);
      commit(index, 2, state(2_000_000, 2), later);
    }
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isEqualTo(2);
      assertThat(index.state()).hasValueSatisfying(s -> assertThat(s).hasSize(2_000_000));
      assertThat(index.locate(record.id())).contains(new Location(1, 1, true));
      assertThat(index.locate(request.id())).contains(new Location(1, 0, false));
      assertThat(index.containsTransaction(later.id())).isTrue();
      assertThat(index.containsSalt(salt(record))).isTrue();
      assertThat(index.containsSalt(TestConsortium.random(16))).isFalse();
      assertThat(index.recordsByTags(List.of(tag, TestConsortium.randomHash())))
          .containsExactly(
              new RecordReference(record.id(), 1, RecordFormat.HL7V2, tag),
              new RecordReference(later.id(), 2, RecordFormat.HL7V2, tag));
    }
  }

  @Test
  void actionsComeInLedgerOrder() {
    IdentifiedTransaction request = consortium.action(0, consortium.accessRequest());
    IdentifiedTransaction trace =
        consortium.action(0, new Action.TraceRequest(Hash.ZERO, Bytes.empty()));
    IdentifiedTransaction decision =
        consortium.action(0, new Action.AccessDecision(request.id(), true, Bytes.empty()));
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(1, 1), trace, request);
      commit(index, 2, state(1, 1), decision);
      assertThat(index.actionsOn(request.id()))
          .extracting(CommittedAction::id)
          .containsExactly(request.id(), decision.id());
      assertThat(index.actionsOn(request.id()).get(0).timeMs())
          .isEqualTo(Samples.header(1).timeMs());
      assertThat(index.actions(Topic.TRACE))
          .extracting(CommittedAction::transaction)
          .containsExactly((InstitutionTransaction) trace.transaction());
      assertThat(index.actions(Topic.ACCESS)).hasSize(2);
    }
  }

  @Test
  void theLargestActionFits() {
    IdentifiedTransaction request =
        consortium.action(0, new Action.AccessRequest(1, TestConsortium.random(1 << 19)));
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(1, 1), request);
      assertThat(index.actionsOn(request.id())).hasSize(1);
    }
  }

  @Test
  void aTagThatStandsTwiceInARecordIsFoundOnce() {
    IdentifiedTransaction record = Samples.record(Bytes.empty(), 5);
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(1, 1), record);
      Hash tag = ((RecordTransaction) record.transaction()).witness().header().tags().get(0);
      assertThat(index.recordsByTags(List.of(tag, tag))).hasSize(1);
    }
  }

  @Test
  void blocksFollowOneAnother() {
    try (H2Index index = H2Index.open(folder)) {
      assertThatExceptionOfType(IndexException.class)
          .isThrownBy(() -> commit(index, 2, state(1, 1)))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_ORDER));
      commit(index, 1, state(1, 1));
      assertThatExceptionOfType(IndexException.class)
          .isThrownBy(() -> commit(index, 1, state(1, 1)));
    }
  }

  @Test
  void aBlockThatFailsHalfWayLeavesNothing() {
    IdentifiedTransaction first = consortium.record().sign();
    IdentifiedTransaction fresh = consortium.record().sign();
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(1, 1), first);
      assertThatExceptionOfType(IndexException.class)
          .isThrownBy(() -> commit(index, 2, state(1, 2), fresh, first))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FAILED));
      assertThat(index.height()).isEqualTo(1);
      assertThat(index.containsTransaction(fresh.id())).isFalse();
      assertThat(index.containsSalt(salt(fresh))).isFalse();
      assertThat(index.state()).hasValueSatisfying(s -> assertThat(s).containsExactly(1));
      commit(index, 2, state(1, 2), fresh);
      assertThat(index.containsTransaction(fresh.id())).isTrue();
    }
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).as("a failure makes the next start rebuild").isZero();
    }
  }

  @Test
  void aDamagedIndexIsBegunAnew() throws IOException {
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(100_000, 1), consortium.record().sign());
    }
    Path file = folder.resolve("ledger.mv.db");
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      damaged.write(new byte[(int) Math.min(damaged.length(), 1 << 20)]);
    }
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isZero();
      commit(index, 1, state(1, 1), consortium.record().sign());
    }
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isEqualTo(1);
    }
  }

  @Test
  void anIndexAheadOfTheBlocksIsBegunAnew() {
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(1, 1));
      commit(index, 2, state(1, 1));
    }
    try (H2Index index = H2Index.open(folder, 2)) {
      assertThat(index.height()).isEqualTo(2);
    }
    try (H2Index index = H2Index.open(folder, 1)) {
      assertThat(index.height()).isZero();
    }
  }

  @Test
  void anInterruptedReaderDoesNotCloseTheIndex() throws InterruptedException {
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(1, 1), consortium.record().sign());
      Thread reader =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                index.containsTransaction(TestConsortium.randomHash());
                index.state();
              });
      reader.start();
      reader.join();
      commit(index, 2, state(1, 2), consortium.record().sign());
      assertThat(index.height()).isEqualTo(2);
    }
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isEqualTo(2);
    }
  }

  @Test
  void noTraceFileIsLeftAndNoSqlInTheMessage() throws IOException {
    try (H2Index index = H2Index.open(folder)) {
      IdentifiedTransaction record = consortium.record().sign();
      commit(index, 1, state(1, 1), record);
      assertThatExceptionOfType(IndexException.class)
          .isThrownBy(() -> commit(index, 2, state(1, 1), record))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContainIgnoringCase("insert"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("ledger.mv.db", "rebuild");
    }
  }

  @Test
  void aPathThatWouldChangeTheConnectionIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> H2Index.open(folder.resolve("a;INIT=x")));
  }

  @Test
  void aFileThatIsNoDatabaseIsReplaced() throws IOException {
    Files.write(folder.resolve("ledger.mv.db"), "not H2".getBytes(StandardCharsets.UTF_8));
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isZero();
    }
  }

  @Test
  void anIndexInUseIsNotDeleted() throws IOException {
    try (H2Index index = H2Index.open(folder)) {
      commit(index, 1, state(1, 1));
    }
    Path file = folder.resolve("ledger.mv.db");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatExceptionOfType(IndexException.class)
          .isThrownBy(() -> H2Index.open(folder))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE));
    }
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isEqualTo(1);
    }
  }

  private static Bytes salt(IdentifiedTransaction record) {
    return ((RecordTransaction) record.transaction()).witness().header().salt();
  }
}
