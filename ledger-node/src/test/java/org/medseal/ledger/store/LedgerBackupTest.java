package org.medseal.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.LedgerRules;

class LedgerBackupTest {
  private static final Hash NONE = Hash.ZERO;
  private static final byte[] GENESIS = "{\"chain\":\"test\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path home;
  private Path other;

  @BeforeEach
  void makeHomes() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    other = Files.createDirectory(folder.resolve("other"));
    Files.write(home.resolve("genesis.json"), GENESIS);
  }

  @Test
  void aBackupOfARunningHomeRestoresEveryBlockAndSilencesTheValidator() {
    Path backup = folder.resolve("b");
    try (LedgerFiles running = filled(home, 7)) {
      LedgerBackup.Summary written = LedgerBackup.write(home, backup);
      assertThat(written.height()).isEqualTo(7);
      running.blocks().append(chain(8).get(7), outcome(8));
    }
    restore(other, backup);
    assertThat(other.resolve("genesis.json")).hasBinaryContent(GENESIS);
    try (LedgerFiles restored = LedgerFiles.open(other, Disk.real())) {
      assertThat(restored.silence().kind()).isEqualTo(SilenceMark.Kind.SILENT);
      assertThat(restored.blocks().height()).isEqualTo(7);
      for (int height = 1; height <= 7; height++) {
        assertThat(restored.blocks().block(height)).hasValue(chain(7).get(height - 1));
        assertThat(restored.blocks().outcome(height)).hasValue(outcome(height));
      }
      SignSlot first = new SignSlot(1, 0, SignSlot.PROPOSAL);
      assertThat(restored.signState().signatureFor(first, new byte[] {1}))
          .as("the sign-state of the old home did not come along")
          .isEmpty();
    }
  }

  @Test
  void aFolderAsTargetGetsAFileNamedByTheHeight() {
    filled(home, 3).close();
    assertThat(LedgerBackup.write(home, folder).file())
        .isEqualTo(folder.resolve("ledger-3.backup"))
        .isRegularFile();
  }

  @Test
  void aFrameThatIsJustBeingWrittenIsLeftOut() throws IOException {
    filled(home, 4).close();
    Files.write(lastSegment(), new byte[] {0, 0, 0, 9, 1, 2}, StandardOpenOption.APPEND);
    assertThat(LedgerBackup.write(home, folder.resolve("b")).height()).isEqualTo(4);
  }

  @Test
  void damageOfADurableBlockStopsTheBackupAndIsNamed() throws IOException {
    filled(home, 4).close();
    Path segment = lastSegment();
    byte[] content = Files.readAllBytes(segment);
    content[40] ^= 1;
    Files.write(segment, content);
    assertThatThrownBy(() -> LedgerBackup.write(home, folder.resolve("b")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(segment + " at offset 20");
  }

  @Test
  void aFlippedOrMissingByteAnywhereIsRefusedBeforeAnythingIsWritten() throws IOException {
    filled(home, 2).close();
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    byte[] content = Files.readAllBytes(backup);
    Path broken = folder.resolve("broken");
    for (int at = 0; at < content.length; at += 5) {
      byte[] flipped = content.clone();
      flipped[at] ^= 0x10;
      Files.write(broken, flipped);
      assertRefused(broken);
      Files.write(broken, java.util.Arrays.copyOf(content, at));
      assertRefused(broken);
    }
    Files.write(broken, java.util.Arrays.copyOf(content, content.length + 1));
    assertRefused(broken);
  }

  private static LedgerBackup.Summary restore(Path into, Path from) {
    return LedgerBackup.restore(into, from, () -> {});
  }

  private void assertRefused(Path broken) throws IOException {
    assertThatThrownBy(() -> restore(other, broken)).isInstanceOf(StoreException.class);
    try (Stream<Path> left = Files.list(other)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void blocksThatAreNotOneChainAreRefused() throws IOException {
    try (LedgerFiles files = LedgerFiles.open(home, Disk.real())) {
      List<StoredBlock> chain = chain(3);
      files.blocks().append(chain.get(0), outcome(1));
      files.blocks().append(stored(2, NONE), outcome(2));
    }
    assertThatThrownBy(() -> LedgerBackup.write(home, folder.resolve("b")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("block 2 does not follow");
  }

  @Test
  void aHomeThatHasALedgerIsNotOverwritten() {
    filled(home, 2).close();
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    assertThatThrownBy(() -> restore(home, backup))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("move its folder ledger away");
    try (LedgerFiles files = LedgerFiles.open(home, Disk.real())) {
      assertThat(files.silence().kind()).isEqualTo(SilenceMark.Kind.NONE);
    }
  }

  @Test
  void aBackupOfAnotherGenesisIsRefused() throws IOException {
    filled(home, 2).close();
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    Files.write(other.resolve("genesis.json"), new byte[] {1});
    assertThatThrownBy(() -> restore(other, backup))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another genesis");
  }

  @Test
  void anExistingBackupIsNotOverwritten() {
    filled(home, 2).close();
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    assertThatThrownBy(() -> LedgerBackup.write(home, backup)).isInstanceOf(StoreException.class);
  }

  @Test
  void theMarkOutlivesARestartAndAnUnreadableOneMeansSilence() throws IOException {
    Path mark = home.resolve("silent");
    SilenceFile.open(mark, Disk.real()).set(SilenceMark.Kind.CONFIRMED, "said so");
    assertThat(SilenceFile.open(mark, Disk.real()).kind()).isEqualTo(SilenceMark.Kind.CONFIRMED);
    Files.write(mark, new byte[] {0, 1, 2});
    assertThat(SilenceFile.open(mark, Disk.real()).kind()).isEqualTo(SilenceMark.Kind.SILENT);
    Files.write(mark, new byte[0]);
    assertThat(SilenceFile.open(mark, Disk.real()).kind()).isEqualTo(SilenceMark.Kind.SILENT);
    SilenceFile.open(mark, Disk.real()).set(SilenceMark.Kind.NONE, "");
    assertThat(mark).doesNotExist();
  }

  private Path lastSegment() throws IOException {
    try (Stream<Path> files = Files.list(LedgerFiles.segments(home))) {
      return files
          .filter(each -> each.toString().endsWith(".journal"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  @Test
  void anotherFormatIsRefusedInOneSentenceBeforeAnythingIsWritten() throws IOException {
    filled(home, 2).close();
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    overwrite(backup, 4, 9);
    assertThatThrownBy(
            () ->
                LedgerBackup.restore(
                    other, backup, () -> fail("prepared for what cannot be restored")))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.OTHER_VERSION))
        .hasMessageContaining("is written in format 9 and this MedSeal reads formats 1 and 2 only")
        .hasMessageNotContaining("\n");
    assertRefused(backup);
  }

  @Test
  void blocksOfNewerRulesAreRefusedInOneSentenceBeforeAnythingIsWritten() throws IOException {
    int newer = LedgerRules.NUMBER + 1;
    filled(home, 2).close();
    Files.writeString(home.resolve("ledger").resolve("rules"), newer + "\n");
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    assertThatThrownBy(() -> restore(other, backup))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.OTHER_VERSION))
        .hasMessageContaining("is of ledger rules " + newer)
        .hasMessageNotContaining("\n");
    assertRefused(backup);
  }

  @Test
  void aBackupOfBeforeTheRulesHadANumberIsStillRestored() throws Exception {
    filled(home, 3).close();
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    byte[] now = Files.readAllBytes(backup);
    ByteBuffer before = ByteBuffer.allocate(now.length - 4);
    before.put(now, 0, 4).putInt(1).put(now, 12, now.length - 12 - 32);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(before.array(), 0, before.position());
    before.put(digest.digest());
    Files.write(backup, before.array());
    assertThat(restore(other, backup).height()).isEqualTo(3);
    assertThat(other.resolve("ledger").resolve("rules")).hasContent(LedgerRules.FIRST + "\n");
  }

  @Test
  void aRestoreThatIsCutShortLeavesAHomeThatNobodyOpens() throws IOException {
    filled(home, 3).close();
    Path backup = LedgerBackup.write(home, folder.resolve("b")).file();
    byte[] whole = Files.readAllBytes(backup);
    assertThatThrownBy(() -> LedgerBackup.restore(other, backup, () -> truncate(backup)))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> LedgerFiles.open(other, Disk.real()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was cut short: move its folder ledger away, restore again")
        .hasMessageNotContaining("\n");
    Files.write(backup, whole);
    assertThatThrownBy(() -> restore(other, backup)).hasMessageContaining("was cut short");
    assertThatThrownBy(() -> LedgerBackup.write(other, folder.resolve("half.backup")))
        .hasMessageContaining("was cut short");
    Files.move(other.resolve("ledger"), folder.resolve("half"));
    assertThat(restore(other, backup).height()).isEqualTo(3);
    try (LedgerFiles restored = LedgerFiles.open(other, Disk.real())) {
      assertThat(restored.blocks().height()).isEqualTo(3);
    }
  }

  /** As if the disk it lies on had gone after it was checked. */
  private static void truncate(Path backup) {
    try (FileChannel file = FileChannel.open(backup, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void overwrite(Path file, int at, int number) throws IOException {
    byte[] content = Files.readAllBytes(file);
    ByteBuffer.wrap(content).putInt(at, number);
    Files.write(file, content);
  }

  private static LedgerFiles filled(Path home, int blocks) {
    LedgerFiles files = LedgerFiles.open(home, Disk.real());
    for (StoredBlock each : chain(blocks)) {
      files.blocks().append(each, outcome(each.height()));
    }
    return files;
  }

  private static Bytes outcome(long height) {
    return Bytes.of(new byte[(int) height]);
  }

  private static List<StoredBlock> chain(int blocks) {
    List<StoredBlock> chain = new ArrayList<>();
    Hash parent = NONE;
    for (int height = 1; height <= blocks; height++) {
      chain.add(stored(height, parent));
      parent = chain.get(height - 1).certificate().blockId();
    }
    return chain;
  }

  private static StoredBlock stored(long height, Hash parent) {
    BlockHeader header =
        new BlockHeader(
            1,
            "chain",
            height,
            1000L + height,
            parent,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            0);
    CommitCertificate certificate =
        new CommitCertificate(
            height, 0, Blocks.id(header), List.of(new CommitSignature(1, Bytes.of(new byte[64]))));
    return new StoredBlock(new Block(header, List.of(), Optional.empty(), List.of()), certificate);
  }
}
