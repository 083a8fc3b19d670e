package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.pseudonym.PseudonymKey;

/** The shipped configuration under fixed keys. */
final class DicomDeidFixture {
  static final Path RULES = Path.of("config/deid/dicom.yaml");
  static final FeedPolicy LOCAL = FeedPolicy.of("pacs", UnlistedAuthority.LOCAL);
  static final FeedPolicy STRICT = FeedPolicy.of("pacs", UnlistedAuthority.QUARANTINE);
  static final IdentifierAuthorities AUTHORITIES =
      IdentifierAuthorities.load(Path.of("config/identifiers.yaml"));

  private DicomDeidFixture() {}

  static DeidKeys keys(int seed) {
    return new DeidKeys(key(1, "consortium", seed), key(0, "local", seed + 1));
  }

  private static PseudonymKey key(int version, String scope, int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new PseudonymKey(version, scope, SecretBytes.copyOf(bytes));
  }

  static DicomDeidentifier engine() {
    return DicomDeidentifier.load(RULES, AUTHORITIES, keys(7));
  }

  static DeidentifiedRecord released(Dataset source) {
    return released(engine().deidentify(explicit(source), LOCAL));
  }

  static DeidentifiedRecord released(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Released.class);
    return ((Outcome.Released) outcome).records().get(0);
  }

  static Dataset cleaned(Dataset source) {
    return Part10.read(released(source).content()).dataset();
  }

  static byte[] explicit(Dataset source) {
    return Part10.write(TransferSyntax.EXPLICIT_LITTLE, source);
  }

  /** A CT slice of a patient found nowhere else. */
  static Dataset ct() {
    return Part10.smallCt()
        .put(Part10.text(Tag.PATIENT_NAME, Vr.PN, "Quuxley^Zenobia"))
        .put(Part10.text(Tag.PATIENT_ID, Vr.LO, "ZQ-7719304"))
        .put(Part10.text(0x00100030, Vr.DA, "19610213"))
        .put(Part10.text(0x0020000D, Vr.UI, "1.3.6.1.4.1.99999.1.2"))
        .put(Part10.text(0x00080020, Vr.DA, "20240310"));
  }

  static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
