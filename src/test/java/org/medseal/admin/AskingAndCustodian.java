package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.users.Role;

/** Two hospitals with people: one holds the custodian key, the other asks. */
final class AskingAndCustodian implements AutoCloseable {
  static final String SSN = "2.16.840.1.113883.4.1";
  static final String CLEAR = "MSH|^~\\&|LAB|synthetic\rPID|||psn\r";

  final TestConsortium consortium;
  final TestHospital custodian;
  final TestHospital asking;

  AskingAndCustodian(Path folder) throws Exception {
    consortium = new TestConsortium(folder, 2);
    custodian = new TestHospital(consortium, "hospital-1", folder);
    asking = new TestHospital(consortium, "hospital-2", folder);
    custodian.keeps("custodian.keys", "custodian.sm2", consortium.custodian.scalar(), "keeper");
    custodian.has("keeper", Role.ADMIN);
    custodian.has("clerk", Role.ADMIN);
    asking.has("chief", Role.ADMIN);
    asking.has("dr-li", Role.PHYSICIAN);
    asking.has("dr-wu", Role.PHYSICIAN);
  }

  static PatientIdentifier patient(String number) {
    return new PatientIdentifier(SSN, "SS", number);
  }

  Hash sealed(String number) {
    return consortium.seals("hospital-1", patient(number), RecordFormat.HL7V2, CLEAR);
  }

  /** Asks for the record; the request's id. */
  String ask(String login, Hash record) throws Exception {
    TestHospital.Reply reply = asking.post(login, "/requests", askBody(record));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json().path("id").asText();
  }

  static String askBody(Hash... records) {
    var body = Json.object().put("purpose", "TREATMENT").put("justification", "second opinion");
    var ids = body.putArray("txIds");
    List.of(records).forEach(id -> ids.add(id.hex()));
    return body.toString();
  }

  static String state(TestHospital hospital, String login, String id) throws Exception {
    return hospital.get(login, "/requests/" + id).json().path("state").asText();
  }

  @Override
  public void close() {
    asking.close();
    custodian.close();
    consortium.close();
  }
}
