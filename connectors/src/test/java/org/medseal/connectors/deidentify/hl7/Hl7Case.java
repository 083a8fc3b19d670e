package org.medseal.connectors.deidentify.hl7;

import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.nio.charset.StandardCharsets;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;

/** The shipped HL7 v2 rules and a small message. */
abstract class Hl7Case {
  static final String MSH =
      "MSH|^~\\&|APP|Nordklinik|RCV|Suedklinik|20240110120000+0800||ORU^R01^ORU_R01|CTRL778899|P|2.5.1";

  static final String PID =
      "PID|1||48151623^^^HOSP1^MR||Testperson^Walburga||19580912|F|||12 Lindenweg^^Musterstadt";

  final Deidentifier shipped = DeidFixture.shipped(Format.HL7V2);

  Outcome outcome(FeedPolicy policy, String... segments) {
    return shipped.deidentify(bytes(String.join("\r", segments)), policy);
  }

  String text(FeedPolicy policy, String... segments) {
    return DeidFixture.text(outcome(policy, segments));
  }

  Hl7Message released(String... segments) {
    return Hl7Message.parse(text(STRICT, segments), StandardCharsets.UTF_8).orElseThrow();
  }

  static String segment(Hl7Message message, String name) {
    return message.all(name).get(0).render(message.delimiters());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
