package org.medseal.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class BatchAnswerTest {
  private static final Charset GB18030 = Charset.forName("GB18030");

  @Test
  void anEnvelopeIsEchoedInTheCharacterSetOfItsMessages() {
    String name = "\u5317\u4eac\u5316\u9a8c";
    String batch =
        "BHS|^~\\&|LAB|"
            + name
            + "|MED|SEAL|20240101||||B77\r"
            + "MSH|^~\\&|LAB|"
            + name
            + "|MED|SEAL|20240101||ORU^R01|1|P|2.5||||||GB18030\rBTS|1\r";
    List<MllpFrame> parts =
        BatchFrame.split(batch.getBytes(GB18030), Optional.empty()).orElseThrow();
    BatchPart part = parts.get(0).part().orElseThrow();
    byte[] answer = part.answer().next(part, new byte[] {'x', '\r'}, Instant.EPOCH);
    assertThat(new String(answer, GB18030))
        .startsWith("BHS|^~\\&|MED|SEAL|LAB|" + name + "|")
        .endsWith("|B77\rx\rBTS|1\r");
  }

  @Test
  void aMessageThatCannotBeReadDoesNotEndTheLineForTheRestOfItsBatch() {
    MllpFrame broken =
        MllpFrame.broken(MllpDefect.NO_HEAD, new byte[] {'M', 'S', 'H', '|', '\r'})
            .asPart(new BatchPart(false, Optional.empty(), new BatchAnswer(Optional.empty())));
    assertThat(reply(broken).closing()).isFalse();
    assertThat(reply(broken).more()).isTrue();
    assertThat(reply(MllpFrame.broken(MllpDefect.NO_HEAD, new byte[1])).closing()).isTrue();
  }

  private static MllpReply reply(MllpFrame frame) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(frame);
    new MllpAnswer(InstantSource.system()).process(exchange);
    return exchange.getMessage().getBody(MllpReply.class);
  }
}
