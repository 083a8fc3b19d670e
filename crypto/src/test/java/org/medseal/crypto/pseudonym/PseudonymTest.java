package org.medseal.crypto.pseudonym;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.security.GeneralSecurityException;
import java.time.YearMonth;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.SecretBytes;

class PseudonymTest {
  private static final byte[] KEY = new byte[32];
  private static final PatientIdentifier ID =
      new PatientIdentifier("2.16.156.10011.1.3", "NI", "CANARY-4711");

  static {
    Arrays.fill(KEY, (byte) 7);
  }

  @Test
  void isTheFormulaOfTheSpecification() throws Exception {
    byte[] purposeKey = mac(KEY, "MEDSEAL-PSN|PATIENT".getBytes(UTF_8), new byte[] {1});
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(input);
    out.write("MEDSEAL-PSN-V1".getBytes(UTF_8));
    out.write(0);
    for (String field : new String[] {"consortium", ID.authority(), "NI", ID.id()}) {
      out.writeLong(field.getBytes(UTF_8).length);
      out.write(field.getBytes(UTF_8));
    }
    byte[] psn = mac(purposeKey, input.toByteArray());

    try (PseudonymKey key = key(3, "consortium")) {
      Pseudonym pseudonym = key.pseudonym(ID);
      assertThat(pseudonym.secret().copy()).isEqualTo(psn);
      assertThat(pseudonym.keyVersion()).isEqualTo(3);
      assertThat(pseudonym.tag(YearMonth.of(2025, 11)))
          .isEqualTo(mac(psn, "TAG".getBytes(UTF_8), new byte[] {0, 3, 0x17, 0x0f}));
      assertThat(pseudonym.documentPseudonym()).isEqualTo(mac(psn, "DOC".getBytes(UTF_8)));
    }
  }

  @Test
  void tagsOfTwoMonthsDiffer() {
    try (PseudonymKey key = key(1, "c")) {
      Pseudonym psn = key.pseudonym(ID);
      assertThat(psn.tag(YearMonth.of(2025, 11))).isNotEqualTo(psn.tag(YearMonth.of(2025, 12)));
    }
  }

  @Test
  void scopesSeparateTwoConsortia() {
    try (PseudonymKey one = key(1, "a");
        PseudonymKey two = key(1, "b")) {
      assertThat(one.pseudonym(ID)).isNotEqualTo(two.pseudonym(ID));
      assertThat(one.uid("1.2")).isNotEqualTo(two.uid("1.2"));
      assertThat(one.keyed("ORDER", KEY)).isNotEqualTo(two.keyed("ORDER", KEY));
    }
  }

  @Test
  void survivesTheEncryptedIndex() {
    try (PseudonymKey key = key(2, "c")) {
      Pseudonym psn = key.pseudonym(ID);
      assertThat(Pseudonym.fromSecret(2, psn.secret())).isEqualTo(psn);
    }
  }

  @Test
  void textFormsShowNothingOfThePatient() {
    try (PseudonymKey key = key(1, "c")) {
      assertThat(ID.toString()).doesNotContain("CANARY");
      assertThat(key.pseudonym(ID).toString()).isEqualTo("Pseudonym[v1]");
    }
  }

  @Test
  void hospitalIdsCannotBorrowThePatientPurpose() {
    try (PseudonymKey key = key(1, "c")) {
      assertThatThrownBy(() -> key.keyed("PATIENT", KEY))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shortKeysAreRefused() {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[31])) {
      assertThatThrownBy(() -> new PseudonymKey(1, "c", secret))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] mac(byte[] key, byte[]... parts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static PseudonymKey key(int version, String scope) {
    try (SecretBytes secret = SecretBytes.copyOf(KEY)) {
      return new PseudonymKey(version, scope, secret);
    }
  }
}
