package org.medseal.connectors.dicom;

/** Departures from the standard that the reader accepts and counts. */
public enum Leniency {
  /** The 128-byte preamble and "DICM" are missing. */
  NO_PREAMBLE,
  /** No group 0002 at all; the transfer syntax was guessed from the first element. */
  NO_META,
  /** Group 0002 without (0002,0010); guessed likewise. */
  NO_TRANSFER_SYNTAX,
  /** (0002,0010) names another uncompressed syntax than the bytes are in. */
  WRONG_TRANSFER_SYNTAX,
  /** Two bytes that are no VR of the standard stand where one should. */
  BAD_VR,
  /** UN for an attribute whose VR the dictionary knows (PS3.5 section 6.2.2 note 2). */
  UN_FOR_KNOWN_ATTRIBUTE,
  /** A sequence under another VR than SQ or UN. */
  SEQUENCE_UNDER_OTHER_VR,
  /** A value or fragment of odd length. */
  ODD_LENGTH,
  /** Elements not in ascending order. */
  TAG_ORDER,
  /** The same tag twice in one data set: the later one counts. */
  DUPLICATE_TAG,
  /** A delimiter where nothing is open. */
  STRAY_DELIMITER,
  /** An item or fragment delimiter with a length. */
  DELIMITER_WITH_LENGTH,
  /** Zeros after the last element, or another filler: blanks, FF, line ends, 1A. */
  TRAILING_ZEROS,
  /** UN, whose items are explicit where CP-246 wants them implicit. */
  UN_HOLDS_EXPLICIT,
  /** A deflated data set in a zlib wrapper, where PS3.5 annex A.5 wants it bare. */
  ZLIB_WRAPPED
}
