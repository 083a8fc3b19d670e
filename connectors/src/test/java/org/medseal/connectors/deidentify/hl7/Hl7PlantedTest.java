package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.Planted;

/** Invented identities in every place where HL7 v2 has room for them. */
class Hl7PlantedTest {

  private static final int MESSAGES = 300;

  private final Deidentifier shipped = DeidFixture.shipped(Format.HL7V2);

  @Test
  void noPlantedIdentityIsLeftAndTheMedicineIs() {
    int kept = 0;
    int all = 0;
    for (int seed = 0; seed < MESSAGES; seed++) {
      Planted p = new Planted(seed);
      Outcome outcome = shipped.deidentify(Hl7PlantedMessage.of(p), DeidFixture.LOCAL);
      assertThat(outcome).as("seed %d", seed).isInstanceOf(Outcome.Released.class);
      String text = DeidFixture.text(outcome);
      assertThat(p.leaks(text)).as("seed %d", seed).isEmpty();
      all += p.clinical().size();
      kept += (int) p.clinical().stream().filter(text::contains).count();
    }
    System.out.printf("hl7v2 planted: %d of %d clinical values kept%n", kept, all);
    assertThat(kept).isGreaterThanOrEqualTo(all * 95 / 100);
  }
}
