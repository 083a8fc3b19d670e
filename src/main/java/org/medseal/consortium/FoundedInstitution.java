package org.medseal.consortium;

import java.security.SecureRandom;
import java.time.Instant;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.net.TlsIdentity;

/**
 * An institution being founded: its plan, its fresh keys and certificates, and what the genesis
 * will say of it.
 */
record FoundedInstitution(
    ConsortiumPlan.Hospital plan,
    InstitutionKeys keys,
    TlsIdentity peerTls,
    AdminCertificates.Endpoint adminTls,
    Institution registered) {

  static FoundedInstitution of(
      ConsortiumPlan.Hospital plan, AdminCertificates certificates, SecureRandom random) {
    InstitutionKeys keys = InstitutionKeys.generate(random);
    TlsIdentity peerTls = TlsIdentity.selfSigned(plan.name(), Instant.now(), random);
    AdminCertificates.Endpoint adminTls =
        certificates.issue(plan.name(), plan.endpoints().admin().host());
    Institution registered =
        new Institution(
            plan.name(),
            Bytes.of(keys.institution().publicKey().bytes()),
            Bytes.of(keys.grant().publicKey().point()),
            Bytes.of(keys.validator().publicKey().bytes()),
            peerTls.pin(),
            plan.endpoints().peer().toString(),
            plan.stake());
    return new FoundedInstitution(plan, keys, peerTls, adminTls, registered);
  }
}
