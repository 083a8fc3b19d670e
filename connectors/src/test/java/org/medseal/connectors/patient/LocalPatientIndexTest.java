package org.medseal.connectors.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;

class LocalPatientIndexTest {
  private static final PatientIdentifier ONE = new PatientIdentifier("urn:a", "MR", "1");
  private static final PatientIdentifier SAME = new PatientIdentifier("urn:b", "SS", "9");
  private static final PatientIdentifier OTHER = new PatientIdentifier("urn:a", "MR", "2");

  @TempDir Path folder;

  @Test
  void recordsAreFoundByEachIdentifierInTheirOrderAndAfterARestart() {
    try (LocalPatientIndex index = open()) {
      index.add(List.of(ONE, SAME), tx(1));
      index.add(OTHER, tx(2));
      index.add(ONE, tx(3));
      index.add(ONE, tx(3));
      expect(index);
    }
    try (LocalPatientIndex index = open()) {
      expect(index);
    }
  }

  private static void expect(LocalPatientIndex index) {
    assertThat(index.find(ONE)).containsExactly(tx(1), tx(3));
    assertThat(index.find(SAME)).containsExactly(tx(1));
    assertThat(index.find(OTHER)).containsExactly(tx(2));
    assertThat(index.find(new PatientIdentifier("urn:a", "MR", "3"))).isEmpty();
    assertThat(index.patientOf(tx(1))).containsExactly(ONE, SAME);
    assertThat(index.patientOf(tx(4))).isEmpty();
  }

  /** Sixteen bytes of an id are kept in memory; the rest is looked at on disk. */
  @Test
  void anIdThatOnlyBeginsAlikeIsNobodys() {
    try (LocalPatientIndex index = open()) {
      index.add(ONE, tx(1));
      byte[] alike = tx(1).toArray();
      alike[31] ^= 1;
      assertThat(index.patientOf(Hash.of(alike))).isEmpty();
    }
  }

  private LocalPatientIndex open() {
    return LocalPatientIndex.open(folder, new LocalCipher(SecretBytes.copyOf(new byte[32])));
  }

  private static Hash tx(int n) {
    return Hash.of(ByteBuffer.allocate(32).putInt(n % 16).putInt(n).array());
  }
}
