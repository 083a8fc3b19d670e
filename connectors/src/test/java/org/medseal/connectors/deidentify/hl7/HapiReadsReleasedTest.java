package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;

/**
 * HAPI HL7 v2 as a second opinion: what our own walker writes, the reference parser reads alike.
 */
class HapiReadsReleasedTest {
  private static final Path SAMPLES = Path.of("samples/hl7");

  private final Deidentifier deidentifier = DeidFixture.shipped(Format.HL7V2);

  @Test
  void segmentsPseudonymAndNothingOfTheNameAreReadByHapi() throws IOException, HL7Exception {
    try (HapiContext hapi = new DefaultHapiContext(new GenericModelClassFactory())) {
      hapi.setValidationContext(ValidationContextFactory.noValidation());
      for (Path sample : samples()) {
        Outcome outcome = deidentifier.deidentify(Files.readAllBytes(sample), DeidFixture.LOCAL);
        String released = DeidFixture.text(outcome);
        Message read = hapi.getPipeParser().parse(released);
        Terser terser = new Terser(read);
        assertThat(names(read.encode())).as(sample.toString()).isEqualTo(names(released));
        assertThat(terser.get("/.PID-3-1")).matches("[0-9a-f]{64}");
        assertThat(terser.get("/.PID-5-1")).isNull();
      }
    }
  }

  private static List<String> names(String message) {
    return Arrays.stream(message.split("\r")).map(line -> line.substring(0, 3)).toList();
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> all = Files.list(SAMPLES)) {
      return all.sorted().toList();
    }
  }
}
