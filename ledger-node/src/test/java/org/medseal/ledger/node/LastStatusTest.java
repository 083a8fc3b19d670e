package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.Hash;

class LastStatusTest {
  private static final EngineStatus LAST =
      new EngineStatus(
          7,
          Hash.ZERO,
          1,
          "PREVOTE",
          "waiting",
          3,
          List.of(new EngineStatus.Peer("hospital-2", true, 7, 40)));

  @Test
  void aStoppedDiskIsTheCauseWhereverItStandsInTheChainOfCauses() {
    Throwable disk =
        new IllegalStateException(
            "engine", new JournalException(JournalException.Reason.SYNC_FAILED, "no space"));
    EngineStatus status = LastStatus.stopped(LAST, Optional.of(disk));
    assertThat(status.waiting().cause()).isEqualTo(Cause.DISK);
    assertThat(status.step()).isEqualTo("STOPPED");
    assertThat(status.waitingFor()).startsWith("the ledger node has stopped: ");
    assertThat(status.peers()).noneMatch(EngineStatus.Peer::connected);
    assertThat(status.height()).isEqualTo(7);
  }

  @Test
  void aNodeThatWasClosedOrBusySaysSo() {
    assertThat(LastStatus.stopped(LAST, Optional.empty()).waiting().cause())
        .isEqualTo(Cause.STOPPED);
    assertThat(LastStatus.busy(LAST, 2_000).waiting().cause()).isEqualTo(Cause.BUSY);
    assertThat(LastStatus.busy(LAST, 2_000).waitingFor()).contains("2000 ms");
  }
}
