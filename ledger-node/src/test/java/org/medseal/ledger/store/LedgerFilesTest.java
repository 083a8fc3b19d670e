package org.medseal.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
