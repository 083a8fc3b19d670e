package org.medseal.pages.clinical.dicom;

import java.awt.image.BufferedImage;

/** Frames of three samples as pictures. */
final class Colours {
  private Colours() {}

  /** {@code luminance}: YBR_FULL (PS3.3 section C.7.6.3.1.2), else RGB. */
  static BufferedImage image(Frame frame, boolean luminance) {
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int first = frame.level(0, x, y);
        int second = frame.level(1, x, y);
        int third = frame.level(2, x, y);
        image.setRGB(x, y, luminance ? ofYbr(first, second, third) : rgb(first, second, third));
      }
    }
    return image;
  }

  private static int ofYbr(int y, int cb, int cr) {
    double blue = cb - 128.0;
    double red = cr - 128.0;
    return rgb(
        bounded(y + 1.402 * red),
        bounded(y - 0.344136 * blue - 0.714136 * red),
        bounded(y + 1.772 * blue));
  }

  private static int bounded(double level) {
    return (int) Math.max(0, Math.min(255, Math.round(level)));
  }

  private static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }
}
