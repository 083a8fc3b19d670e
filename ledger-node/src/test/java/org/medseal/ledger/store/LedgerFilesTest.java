package org.medseal.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.journal.Disk;

class LedgerFilesTest {
  @TempDir Path home;

  @Test
  void aHomeIsUsedByOneInstanceAtATime() {
    LedgerFiles first = LedgerFiles.open(home, Disk.real());
    assertThatThrownBy(() -> LedgerFiles.open(home, Disk.real()))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.LOCKED))
        .hasMessageContaining(home.toString());
    first.close();
    LedgerFiles.open(home, Disk.real()).close();
  }

  @Test
  void aHomeWhoseSignStateWasLostIsRefusedOnceAHeightWasBegun() throws IOException {
    try (LedgerFiles files = LedgerFiles.open(home, Disk.real())) {
      files.log().startHeight(1);
      files.log().sync();
    }
    LedgerFiles.open(home, Disk.real()).close();
    Path signState = home.resolve("ledger").resolve("sign-state");
    Files.delete(signState);
    assertThatThrownBy(() -> LedgerFiles.open(home, Disk.real()))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.DAMAGED))
        .hasMessageContaining(signState.toString());
    assertThat(signState).doesNotExist();
  }

  @Test
  void aFreshHomeHasASignStateBeforeAnythingIsSigned() {
    LedgerFiles.open(home, Disk.real()).close();
    assertThat(home.resolve("ledger").resolve("sign-state")).isRegularFile();
    try (LedgerFiles again = LedgerFiles.open(home, Disk.real())) {
      SignSlot first = new SignSlot(1, 0, SignSlot.PROPOSAL);
      assertThat(again.signState().signatureFor(first, new byte[] {1})).isEmpty();
    }
  }
}
