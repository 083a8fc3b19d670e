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
  CODE_TEXT
}
