package org.medseal.connectors.deidentify.dicom;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;
import org.medseal.crypto.pseudonym.PseudonymKey;

/**
 * Items that hold a code (PS3.3 section 8). Codes of a public scheme stay; those of a hospital or a
 * vendor would say whose they are, so they become keyed codes without text.
 */
record CodedConcept(Set<String> publicSchemes, PseudonymKey key, String patient) {
  private static final int LONG_CODE_VALUE = 0x00080119;
  private static final int URN_CODE_VALUE = 0x00080120;
  private static final int CODING_SCHEME_VERSION = 0x00080103;
  private static final Set<Integer> OF_LOCAL_CODE =
      Set.of(
          Tag.CODE_VALUE,
          LONG_CODE_VALUE,
          URN_CODE_VALUE,
          Tag.CODING_SCHEME_DESIGNATOR,
          CODING_SCHEME_VERSION,
          Tag.CODE_MEANING);

  static boolean isCode(Dataset item) {
    return item.contains(Tag.CODE_VALUE)
        || item.contains(LONG_CODE_VALUE)
        || item.contains(URN_CODE_VALUE)
        || item.contains(Tag.CODING_SCHEME_DESIGNATOR)
        || item.contains(Tag.CODE_MEANING);
  }

  /** True where value and meaning may stay. */
  boolean isPublic(Dataset item) {
    Optional<String> value = Values.firstAscii(item, Tag.CODE_VALUE);
    return publicSchemes.contains(scheme(item))
        && value.filter(code -> code.matches("[A-Za-z0-9][A-Za-z0-9._:/-]{0,17}")).isPresent()
        && !item.contains(LONG_CODE_VALUE)
        && !item.contains(URN_CODE_VALUE);
  }

  static boolean isPart(int tag) {
    return OF_LOCAL_CODE.contains(tag);
  }

  /** As {@code DCM 121031}. */
  static String name(Dataset item) {
    return scheme(item) + " " + Values.firstAscii(item, Tag.CODE_VALUE).orElse("");
  }

  /**
   * The same local code gives the same keyed one for the same patient and another for others; a
   * meaning without a code gives nothing.
   */
  List<Element> keyed(Dataset item) {
    String value =
        Values.firstAscii(item, Tag.CODE_VALUE)
            .or(() -> Values.firstAscii(item, LONG_CODE_VALUE))
            .or(() -> Values.firstAscii(item, URN_CODE_VALUE))
            .orElse("");
    if (value.isEmpty()) {
      return List.of();
    }
    byte[] mac =
        key.keyed(
            "DICOM-CODE",
            patient.getBytes(StandardCharsets.UTF_8),
            scheme(item).getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8));
    String code = "L" + HexFormat.of().withUpperCase().formatHex(mac, 0, 7);
    return List.of(
        Element.ascii(Tag.CODE_VALUE, Vr.SH, code),
        Element.ascii(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, "99LOCAL"),
        Element.ascii(Tag.CODE_MEANING, Vr.LO, "local code"));
  }

  private static String scheme(Dataset item) {
    return Values.firstAscii(item, Tag.CODING_SCHEME_DESIGNATOR).orElse("");
  }
}
