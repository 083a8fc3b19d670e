package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.CLEAR;
import static org.medseal.admin.AskingAndCustodian.patient;
import static org.medseal.admin.AskingAndCustodian.state;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.SecretBytes;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;

/** Records whose wraps, commitment and ciphertext do not belong together open for nobody. */
class ForgedRecordTest {
  private static @TempDir Path folder;
  private static AskingAndCustodian two;
  private static TestConsortium consortium;
  private static TestHospital custodian;
  private static TestHospital asking;

  @BeforeAll
  static void start() throws Exception {
    two = new AskingAndCustodian(folder);
    consortium = two.consortium;
    custodian = two.custodian;
    asking = two.asking;
  }

  @AfterAll
  static void stop() {
    two.close();
  }

  /** The attack the key commitment is for: a stranger's wrap inside an own harmless record. */
  @Test
  void aWrapCopiedFromAnotherRecordIsNeverRewrapped() throws Exception {
    Hash victim = two.sealed("101010007");
    RecordTransaction stolen = record(victim);
    SecureRandom random = new SecureRandom();
    try (SecretBytes own = SecretBytes.random(16, random)) {
      RecordHeader header =
          consortium.header(
              RecordFormat.HL7V2,
              consortium.tags(patient("101010008"), YearMonth.now(ZoneOffset.UTC)));
      Hash forged =
          consortium.commit(
              "hospital-2",
              header,
              stolen.witness().wrappedKeys(),
              consortium.seal(own, header, "harmless"));
      String id = two.ask("dr-li", forged);
      TestHospital.Reply reply = custodian.post("keeper", "/requests/" + id + "/approve", "{}");
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.problem()).isEqualTo("record-not-authentic");
      assertThat(state(asking, "dr-li", id)).isEqualTo("OPEN");
    }
  }

  /** Same ciphertext key, false commitment: decryption alone would not notice. */
  @Test
  void aFalseCommitmentStopsTheApproval() throws Exception {
    SecureRandom random = new SecureRandom();
    try (SecretBytes key = SecretBytes.random(16, random);
        SecretBytes other = SecretBytes.random(16, random)) {
      RecordHeader header =
          consortium.header(
              RecordFormat.HL7V2,
              consortium.tags(patient("101010009"), YearMonth.now(ZoneOffset.UTC)));
      TestConsortium.Sealed sealed =
          new TestConsortium.Sealed(
              consortium.seal(other, header, CLEAR).commitment(),
              consortium.seal(key, header, CLEAR).ciphertext());
      Hash forged = consortium.commit("hospital-2", header, List.of(consortium.wrap(key)), sealed);
      String id = two.ask("dr-li", forged);
      assertThat(custodian.post("keeper", "/requests/" + id + "/approve", "{}").status())
          .isEqualTo(422);
      assertThat(
              custodian
                  .get("keeper", "/requests/" + id + "/records/" + forged.hex() + "/review")
                  .status())
          .isEqualTo(422);
    }
  }

  private static RecordTransaction record(Hash id) {
    return consortium
        .ledger("hospital-1")
        .find(id)
        .map(CommittedTransaction::transaction)
        .map(RecordTransaction.class::cast)
        .orElseThrow();
  }
}
