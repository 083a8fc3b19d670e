package org.medseal.pages.clinical.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.medseal.connectors.deidentify.dicom.PixelLayout;

/**
 * The stored values of a frame, each the mean of a square of so many pixels that the frame fits
 * {@value #MOST_PIXELS_A_SIDE} a side. Read line by line.
 */
final class Frame {
  static final int MOST_PIXELS_A_SIDE = 1024;

  private final PixelLayout layout;
  private final SampleBits bits;
  private final int square;
  private final int width;
  private final int height;
  private final float[][] planes;

  private Frame(PixelLayout layout, SampleBits bits) {
    this.layout = layout;
    this.bits = bits;
    int longest = Math.max(layout.rows(), layout.columns());
    this.square = (longest + MOST_PIXELS_A_SIDE - 1) / MOST_PIXELS_A_SIDE;
    this.width = (layout.columns() + square - 1) / square;
    this.height = (layout.rows() + square - 1) / square;
    this.planes = new float[layout.samples()][width * height];
  }

  /** Lowest and highest value. */
  record Range(double lowest, double highest) {}

  /** From a stream that stands where the frame begins; an EOFException where it is not whole. */
  static Frame read(InputStream in, PixelLayout layout, SampleBits bits) throws IOException {
    Frame frame = new Frame(layout, bits);
    if (layout.planar()) {
      for (int plane = 0; plane < layout.samples(); plane++) {
        frame.readLines(in, plane, 1);
      }
    } else {
      frame.readLines(in, 0, layout.samples());
    }
    frame.average();
    return frame;
  }

  private void readLines(InputStream in, int plane, int samples) throws IOException {
    byte[] line = new byte[layout.columns() * samples * bits.bytes()];
    for (int row = 0; row < layout.rows(); row++) {
      if (in.readNBytes(line, 0, line.length) < line.length) {
        throw new EOFException("a frame ends too early");
      }
      int at = 0;
      for (int column = 0; column < layout.columns(); column++) {
        int cell = row / square * width + column / square;
        for (int sample = 0; sample < samples; sample++) {
          planes[plane + sample][cell] += (float) bits.read(line, at);
          at += bits.bytes();
        }
      }
    }
  }

  /** Squares at the right and lower edge may hold fewer pixels. */
  private void average() {
    for (int y = 0; y < height && square > 1; y++) {
      int rows = Math.min(square, layout.rows() - y * square);
      for (int x = 0; x < width; x++) {
        int columns = Math.min(square, layout.columns() - x * square);
        for (float[] plane : planes) {
          plane[y * width + x] /= rows * columns;
        }
      }
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int samples() {
    return planes.length;
  }

  double value(int sample, int x, int y) {
    return planes[sample][y * width + x];
  }

  /** A colour's sample, 0 to 255. */
  int level(int sample, int x, int y) {
    int stored = bits.stored();
    double value = value(sample, x, y);
    double level = stored > Byte.SIZE ? value / (1L << (stored - Byte.SIZE)) : value;
    return (int) Math.max(0, Math.min(255, level));
  }

  /** Of the first sample, over all but padding; nothing but padding counts as all. */
  Range range(Padding padding) {
    double lowest = Double.MAX_VALUE;
    double highest = -Double.MAX_VALUE;
    for (float value : planes[0]) {
      if (!padding.covers(value)) {
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
    }
    return lowest > highest
        ? range(new Padding(Double.NaN, Double.NaN))
        : new Range(lowest, highest);
  }
}
