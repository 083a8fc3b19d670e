package org.medseal.pages.clinical.dicom;

import org.medseal.connectors.deidentify.dicom.PixelLayout;

/**
 * Where in its bytes the number of a sample stands (PS3.5 section 8.1.1).
 *
 * @param bytes 1, 2 or 4, little endian
 * @param shift bits below the number
 * @param stored bits of the number
 * @param signed whether it is a two's complement
 */
record SampleBits(int bytes, int shift, int stored, boolean signed) {
  private static final int BITS_STORED = 0x00280101;
  private static final int HIGH_BIT = 0x00280102;
  private static final int REPRESENTATION = 0x00280103;

  /** What contradicts itself counts as the whole of the bytes. */
  static SampleBits of(Header header, PixelLayout layout) {
    int allocated = layout.sampleBytes() * Byte.SIZE;
    int stored = header.word(BITS_STORED);
    int high = header.word(HIGH_BIT);
    boolean signed = header.word(REPRESENTATION) == 1;
    boolean sound = stored >= 1 && stored <= allocated && high >= stored - 1 && high < allocated;
    return sound
        ? new SampleBits(layout.sampleBytes(), high + 1 - stored, stored, signed)
        : new SampleBits(layout.sampleBytes(), 0, allocated, signed);
  }

  /** The number whose bytes begin there. */
  double read(byte[] line, int at) {
    long raw = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      raw = raw << Byte.SIZE | (line[at + i] & 0xFF);
    }
    long number = raw >>> shift & ((1L << stored) - 1);
    boolean negative = signed && (number >>> (stored - 1) & 1) == 1;
    return negative ? number - (1L << stored) : number;
  }
}
