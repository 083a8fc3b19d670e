package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.users.Role;

/** A record too large for a block, from the request to its last byte. */
class BlobStoryTest {
  private static final PatientIdentifier PATIENT =
      new PatientIdentifier("2.16.840.1.113883.4.1", "SS", "101010099");

  /** Above the inline limit, over three chunks, with an end that shows it is whole. */
  private static final String LARGE = "0123456789abcdef".repeat(160_000) + "END";

  @TempDir Path folder;

  private TestConsortium consortium;
  private TestHospital custodian;
  private TestHospital asking;
  private Hash record;
  private String path;

  @BeforeEach
  void start() throws Exception {
    consortium = new TestConsortium(folder, 2);
    custodian = new TestHospital(consortium, "hospital-1", folder);
    asking = new TestHospital(consortium, "hospital-2", folder);
    custodian.keeps("custodian.keys", "custodian.sm2", consortium.custodian.scalar(), "keeper");
    custodian.has("keeper", Role.ADMIN);
    asking.has("dr-li", Role.PHYSICIAN);
    record = consortium.sealsInChunks("hospital-1", PATIENT, LARGE);
    var body = Json.object().put("purpose", "TREATMENT").put("justification", "second opinion");
    body.putArray("txIds").add(record.hex());
    String id = asking.post("dr-li", "/requests", body.toString()).json().path("id").asText();
    path = "/requests/" + id;
  }

  @AfterEach
  void stop() {
    asking.close();
    custodian.close();
    consortium.close();
  }

  private String recordPath() {
    return path + "/records/" + record.hex();
  }

  private int approve() throws Exception {
    return custodian.post("keeper", path + "/approve", "{}").status();
  }

  @Test
  void aRecordInChunksIsReviewedApprovedAndOpenedWhole() throws Exception {
    RecordTransaction committed =
        (RecordTransaction)
            consortium.ledger("hospital-2").find(record).orElseThrow().transaction();
    assertThat(committed.witness().payload()).isInstanceOf(Payload.Blob.class);
    assertThat(custodian.get("keeper", recordPath() + "/review").text()).isEqualTo(LARGE);
    assertThat(approve()).isEqualTo(200);
    TestHospital.Reply opened = asking.get("dr-li", recordPath());
    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.mediaType()).isEqualTo("application/hl7-v2");
    assertThat(opened.text()).isEqualTo(LARGE);
  }

  @Test
  void chunksThatNoReplicaGivesAreSaidToBeUnavailableAndNothingOfThemIsAnswered() throws Exception {
    assertThat(approve()).isEqualTo(200);
    consortium.chain.blobs().lose();
    TestHospital.Reply opened = asking.get("dr-li", recordPath());
    assertThat(opened.status()).isEqualTo(503);
    assertThat(opened.text()).doesNotContain("0123456789abcdef");
  }

  @Test
  void aChangedChunkIsNotApproved() throws Exception {
    consortium.chain.blobs().damage();
    assertThat(approve()).isEqualTo(422);
    assertThat(asking.get("dr-li", recordPath()).status()).isEqualTo(409);
  }
}
