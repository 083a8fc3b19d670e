package org.medseal.connectors.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.table.UsedHeap;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

class SealingsTest {
  private static final int RECORDS = 200_000;
  private static final int PATIENTS = 100_000;

  /** 85 were measured, of which 45 are the patient's. */
  private static final long MOST_BYTES = 130;

  private final Sealings sealings = new Sealings();

  private static Bytes bytes(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static Hash tx(int seed) {
    return new Hash(bytes(-1 - seed));
  }

  @Test
  void eachPatientsAreFoundOldestFirstAndEachByItsTransaction() {
    Map<Integer, List<Long>> expected = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
      int patient = random.nextInt(PATIENTS);
      sealings.add(bytes(patient), tx(i), 3L * i);
      expected.computeIfAbsent(patient, any -> new ArrayList<>()).add(3L * i);
    }
    for (int patient = 0; patient < PATIENTS; patient++) {
      assertThat(sealings.ofPatient(bytes(patient)))
          .containsExactly(expected.getOrDefault(patient, List.of()).toArray(Long[]::new));
    }
    for (int i = 0; i < RECORDS; i++) {
      assertThat(sealings.ofTransaction(tx(i))).isEqualTo(3L * i);
    }
    assertThat(sealings.ofTransaction(tx(RECORDS))).isEqualTo(-1);
  }

  @Test
  void aPatientWithARecordTakesTensOfBytes() {
    sealings.add(bytes(0), tx(0), 0);
    long before = UsedHeap.bytes();
    for (int i = 1; i <= RECORDS; i++) {
      sealings.add(bytes(i), tx(i), i);
    }
    assertThat((UsedHeap.bytes() - before) / RECORDS).isBetween(40L, MOST_BYTES);
    assertThat(sealings.ofPatient(bytes(RECORDS))).containsExactly(RECORDS);
  }
}
