package org.medseal.bench.deid;

/** Where in a message an identifier was planted. */
enum Place {
  STANDARD,
  REPEATED,
  NESTED,
  Z_SEGMENT,
  EXTENSION,
  CONTAINED,
  NARRATIVE,
  /** The text beside a public code. */
  CODE_TEXT,
  PRIVATE,
  /** A sequence whose VR the sender did not know. */
  UN_SEQUENCE,
  /** A description of study, series, protocol or device. */
  DESCRIPTOR,
  /** Overlays, curves and annotations. */
  GRAPHICS,
  /** Preamble, file meta information and padding. */
  FILE
}
