package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.Planted;

/** Invented identities in the places where FHIR has room for them. */
class FhirPlantedTest {

  private static final int BUNDLES = 120;

  private final Deidentifier shipped = DeidFixture.shipped(Format.FHIR);

  @Test
  void noPlantedIdentityIsLeftAndTheMedicineIs() {
    int kept = 0;
    int all = 0;
    for (int seed = 0; seed < BUNDLES; seed++) {
      Planted p = new Planted(seed);
      boolean xml = seed % 5 == 0;
      Bundle bundle = FhirPlantedBundle.bundle(p);
      String source =
          xml
              ? FhirParsing.R4.newXmlParser().encodeResourceToString(bundle)
              : FhirParsing.R4.newJsonParser().encodeResourceToString(bundle);
      Outcome outcome =
          shipped.deidentify(source.getBytes(StandardCharsets.UTF_8), DeidFixture.LOCAL);
      assertThat(outcome).as("seed %d", seed).isInstanceOf(Outcome.Released.class);
      String text = DeidFixture.text(outcome);
      assertThat(FhirParsing.R4.newJsonParser().parseResource(text)).isNotNull();
      assertThat(p.leaks(text)).as("seed %d", seed).isEmpty();
      all += p.clinical().size();
      kept += (int) p.clinical().stream().filter(text::contains).count();
    }
    System.out.printf("fhir planted: %d of %d clinical values kept%n", kept, all);
    assertThat(kept).isGreaterThanOrEqualTo(all * 95 / 100);
  }
}
