package org.medseal.connectors.dicom;

import java.util.Locale;

/** Tags as ints: group in the upper, element in the lower half. Compare them unsigned. */
public final class Tag {
  public static final int MEDIA_STORAGE_SOP_CLASS_UID = 0x00020002;
  public static final int MEDIA_STORAGE_SOP_INSTANCE_UID = 0x00020003;
  public static final int TRANSFER_SYNTAX_UID = 0x00020010;
  public static final int DIRECTORY_RECORD_SEQUENCE = 0x00041220;
  public static final int SPECIFIC_CHARACTER_SET = 0x00080005;
  public static final int IMAGE_TYPE = 0x00080008;
  public static final int SOP_CLASS_UID = 0x00080016;
  public static final int SOP_INSTANCE_UID = 0x00080018;
  public static final int MODALITY = 0x00080060;
  public static final int CONVERSION_TYPE = 0x00080064;
  public static final int MANUFACTURER = 0x00080070;
  public static final int CODE_VALUE = 0x00080100;
  public static final int CODING_SCHEME_DESIGNATOR = 0x00080102;
  public static final int CODE_MEANING = 0x00080104;
  public static final int MANUFACTURER_MODEL_NAME = 0x00081090;
  public static final int PATIENT_NAME = 0x00100010;
  public static final int PATIENT_ID = 0x00100020;
  public static final int ISSUER_OF_PATIENT_ID = 0x00100021;
  public static final int ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE = 0x00100024;
  public static final int OTHER_PATIENT_IDS_SEQUENCE = 0x00101002;
  public static final int PATIENT_IDENTITY_REMOVED = 0x00120062;
  public static final int DEIDENTIFICATION_METHOD = 0x00120063;
  public static final int DEIDENTIFICATION_METHOD_CODE_SEQUENCE = 0x00120064;
  public static final int STUDY_INSTANCE_UID = 0x0020000D;
  public static final int PIXEL_REPRESENTATION = 0x00280103;
  public static final int BURNED_IN_ANNOTATION = 0x00280301;
  public static final int LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED = 0x00280303;
  public static final int UNIVERSAL_ENTITY_ID = 0x00400032;
  public static final int IDENTIFIER_TYPE_CODE = 0x00400035;
  public static final int VALUE_TYPE = 0x0040A040;
  public static final int CONTENT_SEQUENCE = 0x0040A730;
  public static final int ICON_IMAGE_SEQUENCE = 0x00880200;
  public static final int FLOAT_PIXEL_DATA = 0x7FE00008;
  public static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7FE00009;
  public static final int PIXEL_DATA = 0x7FE00010;

  static final int ITEM = 0xFFFEE000;
  static final int ITEM_DELIMITER = 0xFFFEE00D;
  static final int SEQUENCE_DELIMITER = 0xFFFEE0DD;

  private Tag() {}

  public static int of(int group, int element) {
    return group << 16 | element;
  }

  public static int group(int tag) {
    return tag >>> 16;
  }

  public static int element(int tag) {
    return tag & 0xFFFF;
  }

  /** Odd groups belong to vendors (PS3.5 section 7.8). */
  public static boolean isPrivate(int tag) {
    return (group(tag) & 1) == 1;
  }

  public static boolean isGroupLength(int tag) {
    return element(tag) == 0;
  }

  /** Pixels of an image, of whatever kind (PS3.3 section C.7.6.3). */
  public static boolean isPixels(int tag) {
    return tag == PIXEL_DATA || tag == FLOAT_PIXEL_DATA || tag == DOUBLE_FLOAT_PIXEL_DATA;
  }

  /** Written as in the standard: {@code (0008,103E)}. */
  public static String toString(int tag) {
    return String.format(Locale.ROOT, "(%04X,%04X)", group(tag), element(tag));
  }
}
