package org.medseal.pages.clinical.dicom;

/**
 * Stored values that fill up a picture and mean nothing (PS3.3 section C.7.5.1.1.2).
 *
 * @param from first such value; NaN where there is none
 */
record Padding(double from, double to) {
  private static final int VALUE = 0x00280120;
  private static final int LIMIT = 0x00280121;
  private static final int REPRESENTATION = 0x00280103;

  static Padding of(Header header) {
    if (!header.dataset().contains(VALUE)) {
      return new Padding(Double.NaN, Double.NaN);
    }
    boolean signed = header.word(REPRESENTATION) == 1;
    int one = number(header.word(VALUE), signed);
    int other = header.dataset().contains(LIMIT) ? number(header.word(LIMIT), signed) : one;
    return new Padding(Math.min(one, other), Math.max(one, other));
  }

  private static int number(int word, boolean signed) {
    return signed ? (short) word : word;
  }

  boolean covers(double stored) {
    return stored >= from && stored <= to;
  }
}
