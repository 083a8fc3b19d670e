package org.medseal.consortium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.NodeKeyring.Entry;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Genesis;

/** Writes what a new institution's home holds before its first start. */
final class HomeFiles {
  private HomeFiles() {}

  static void write(
      FoundedInstitution institution,
      Genesis genesis,
      SecretBytes consortiumKey,
      String authorityPem) {
    Home home = new Home(institution.plan().home());
    home.create();
    GenesisFile.write(genesis, home.genesisFile());
    writeKeys(home, institution, consortiumKey);
    try {
      Files.writeString(
          home.adminCertificate(),
          AdminCertificates.pem(institution.adminTls().certificate()) + authorityPem);
      Files.writeString(
          home.settingsFile(), settings(institution.plan()) + existing(home.settingsFile()));
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.SETTINGS, "cannot write into " + home.root() + ": " + e, e);
    }
  }

  private static void writeKeys(
      Home home, FoundedInstitution institution, SecretBytes consortiumKey) {
    InstitutionKeys keys = institution.keys();
    try (KeyFile file = KeyFile.create(home.nodeKeys(), institution.plan().passphrase())) {
      file.put(Entry.STORAGE.key(), keys.storage());
      file.put(Entry.ERASE.key(), keys.erase());
      file.put(Entry.LOCAL_PSEUDONYM.key(), keys.localPseudonym());
      file.put(Entry.CONSORTIUM_PSEUDONYM.key(), consortiumKey);
      file.put(Entry.INSTITUTION.key(), keys.institution().seed());
      file.put(Entry.GRANT.key(), keys.grant().scalar());
      file.put(Entry.VALIDATOR.key(), keys.validator().seed());
      file.put(Entry.MEMBER.key(), keys.member().secret());
      file.put(Entry.PEER_TLS_KEY.key(), encoded(institution.peerTls().key()));
      file.put(
          Entry.PEER_TLS_CERTIFICATE.key(),
          SecretBytes.copyOf(institution.peerTls().certificate().getEncoded()));
      file.put(Entry.ADMIN_TLS_KEY.key(), encoded(institution.adminTls().keys().getPrivate()));
      file.save();
    } catch (GeneralSecurityException e) {
      throw new HomeException(
          HomeException.Reason.KEYS, "cannot encode the certificate of " + home.root(), e);
    }
  }

  private static SecretBytes encoded(PrivateKey key) {
    return SecretBytes.copyOf(key.getEncoded());
  }

  /** What somebody has set there already; read later, so it counts. */
  private static String existing(Path settings) throws IOException {
    return Files.exists(settings) ? "\n" + Files.readString(settings) : "";
  }

  private static String settings(ConsortiumPlan.Hospital plan) {
    ConsortiumPlan.Endpoints at = plan.endpoints();
    return """
        # What differs here from config/application.properties of the installation.
        medseal.institution=%s
        medseal.mllp.host=%s
        medseal.mllp.port=%d
        medseal.dicom.host=%s
        medseal.dicom.port=%d
        medseal.fhir.host=%s
        medseal.fhir.port=%d
        medseal.admin.host=%s
        medseal.admin.port=%d
        medseal.peer.bind=%s
        """
        .formatted(
            plan.name(),
            at.mllp().host(),
            at.mllp().port(),
            at.dicom().host(),
            at.dicom().port(),
            at.fhir().host(),
            at.fhir().port(),
            at.admin().host(),
            at.admin().port(),
            at.peer());
  }
}
