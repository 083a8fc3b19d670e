package org.medseal.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.SeededRandom;

/**
 * Our own known answers (there are no published ones): every value comes from a generator seeded
 * with 2025. A change here is a change of format: old ledgers would no longer verify.
 */
class KnownAnswersTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void everyValueIsAsItWasWhenTheFormatWasFixed() throws IOException {
    Map<String, String> expected = fixed();
    expected.remove("opening"); // the opener draws randomness of its own
    assertThat(generated()).isEqualTo(expected);
  }

  @Test
  void theFixedSignatureVerifiesAndOpens() throws IOException {
    Map<String, String> v = fixed();
    GroupPublicKey gpk = GroupPublicKey.decode(HEX.parseHex(v.get("gpk")));
    byte[] message = HEX.parseHex(v.get("message"));
    byte[] signature = HEX.parseHex(v.get("signature"));
    assertThat(gpk.verify(message, signature)).isTrue();
    assertThat(new BouncyCastleXsgs(gpk.encoded()).verify(message, signature)).isTrue();
    Credential credential = Credential.decode(HEX.parseHex(v.get("credential")));
    Opening opening = Opening.decode(HEX.parseHex(v.get("opening")));
    byte[] c48 = JoinCommitment.decode(HEX.parseHex(v.get("join"))).c48();
    assertThat(Judge.judge(gpk, message, signature, opening, credential, c48)).isTrue();
  }

  private static Map<String, String> generated() {
    Consortium group = new Consortium(2025, 2);
    Consortium.Epoch epoch = group.epoch(7, 0, 1);
    byte[] message = GroupSignatureTest.message(2025);
    byte[] signature = epoch.key(0).sign(message, new SeededRandom(2026));
    Map<String, String> values = new TreeMap<>();
    values.put("P1", HEX.formatHex(GroupParameters.P1.bytes()));
    values.put("K", HEX.formatHex(GroupParameters.K.bytes()));
    values.put("gpk", HEX.formatHex(epoch.gpk().encoded()));
    values.put("join", HEX.formatHex(group.commitments.get(0).encoded()));
    values.put("credential", HEX.formatHex(epoch.credentials().get(0).encoded()));
    values.put("message", HEX.formatHex(message));
    values.put("signature", HEX.formatHex(signature));
    assertThat(group.opener.open(epoch.gpk(), message, signature).a48())
        .isEqualTo(epoch.credentials().get(0).a48());
    return values;
  }

  private static Map<String, String> fixed() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = KnownAnswersTest.class.getResourceAsStream("xsgs-v1.properties")) {
      properties.load(in);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n)));
    return values;
  }
}
