package org.medseal.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.ledger.engine.embedded.SignRefusedException;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.journal.SimulatedDisk;

class SignStateFileTest {
  private static final Path FILE = Path.of("/ledger/sign-state");
  private static final SignSlot SLOT = new SignSlot(5, 1, SignSlot.PREVOTE);
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final byte[] OTHER = {1, 2, 4};

  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void theSameBytesInTheSameSlotGiveTheStoredSignature() {
    SignStateFile state = signed(disk);
    assertThat(state.signatureFor(SLOT, MESSAGE)).hasValue(signature(1));
    assertThat(SignStateFile.open(FILE, disk).signatureFor(SLOT, MESSAGE)).hasValue(signature(1));
  }

  @Test
  void otherBytesInTheSameSlotAreRefused() {
    SignStateFile state = signed(disk);
    assertRefused(() -> state.signatureFor(SLOT, OTHER));
    assertRefused(() -> state.record(SLOT, OTHER, signature(2)));
    assertRefused(() -> state.record(SLOT, MESSAGE, signature(2)));
    assertRefused(() -> SignStateFile.open(FILE, disk).record(SLOT, OTHER, signature(2)));
  }

  @Test
  void goingBackIsRefusedInHeightRoundAndStep() {
    SignStateFile state = signed(disk);
    List<SignSlot> earlier =
        List.of(
            new SignSlot(4, 9, SignSlot.PRECOMMIT),
            new SignSlot(5, 0, SignSlot.PRECOMMIT),
            new SignSlot(5, 1, SignSlot.PROPOSAL));
    for (SignSlot slot : earlier) {
      assertRefused(() -> state.signatureFor(slot, MESSAGE));
      assertRefused(() -> state.record(slot, MESSAGE, signature(3)));
    }
    assertThat(state.signatureFor(SLOT, MESSAGE)).isPresent();
  }

  @Test
  void goingForwardIsAllowedAndNothingIsStoredYet() {
    SignStateFile state = signed(disk);
    SignSlot next = new SignSlot(5, 1, SignSlot.PRECOMMIT);
    assertThat(state.signatureFor(next, OTHER)).isEmpty();
    state.record(next, OTHER, signature(2));
    assertRefused(() -> state.signatureFor(SLOT, MESSAGE));
  }

  @Test
  void whatWasRecordedSurvivesAPowerCut() {
    signed(disk);
    SignStateFile after = SignStateFile.open(FILE, disk.afterPowerCut(0));
    assertRefused(() -> after.signatureFor(SLOT, OTHER));
    assertThat(after.signatureFor(SLOT, MESSAGE)).hasValue(signature(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "sync", "move", "syncFolder"})
  void afterAFailedWriteNothingIsSignedAndTheOldStateIsWhole(String operation) {
    SignStateFile state = signed(disk);
    disk.hook(
        (called, file) -> {
          if (called.equals(operation)) {
            throw new IOException("injected");
          }
        });
    SignSlot next = new SignSlot(6, 0, SignSlot.PREVOTE);
    assertThatThrownBy(() -> state.record(next, OTHER, signature(2)))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> state.record(next, OTHER, signature(2)))
        .isInstanceOf(StoreException.class);
    SimulatedDisk after = disk.afterPowerCut(1000);
    assertRefused(() -> SignStateFile.open(FILE, after).signatureFor(SLOT, OTHER));
  }

  @Property(tries = 200)
  void aChangedByteOrACutIsNeverTakenForAState(
      @ForAll @IntRange(max = 200) int at, @ForAll boolean cut) throws IOException {
    SimulatedDisk own = new SimulatedDisk();
    signed(own);
    byte[] content = own.content(FILE);
    int place = at % content.length;
    try (DiskFile file = own.open(FILE)) {
      if (cut) {
        file.truncate(place);
      } else {
        file.write(place, new byte[] {(byte) ~content[place]});
      }
    }
    assertThatThrownBy(() -> SignStateFile.open(FILE, own))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(FILE.toString());
  }

  private static SignStateFile signed(SimulatedDisk disk) {
    SignStateFile state = SignStateFile.open(FILE, disk);
    assertThat(state.signatureFor(SLOT, MESSAGE)).isEmpty();
    state.record(SLOT, MESSAGE, signature(1));
    return state;
  }

  private static byte[] signature(int fill) {
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) fill);
    return signature;
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(SignRefusedException.class);
  }
}
