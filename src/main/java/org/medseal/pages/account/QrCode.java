package org.medseal.pages.account;

import java.util.ArrayList;
import java.util.List;

/**
 * A QR code as dark runs of modules, for a picture drawn by the page itself.
 *
 * @param size modules on a side, without the quiet zone
 */
record QrCode(int size, List<Run> runs) {
  /** Light modules around it, ISO/IEC 18004. */
  static final int QUIET = 4;

  /** Dark modules side by side. */
  record Run(int x, int y, int width) {}

  static QrCode of(String text) {
    io.nayuki.qrcodegen.QrCode drawn =
        io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM);
    List<Run> runs = new ArrayList<>();
    for (int y = 0; y < drawn.size; y++) {
      int from = 0;
      for (int x = 0; x <= drawn.size; x++) {
        boolean dark = x < drawn.size && drawn.getModule(x, y);
        if (!dark) {
          if (x > from) {
            runs.add(new Run(from + QUIET, y + QUIET, x - from));
          }
          from = x + 1;
        }
      }
    }
    return new QrCode(drawn.size, List.copyOf(runs));
  }

  /** Of the picture, quiet zone included. */
  String viewBox() {
    int side = size + 2 * QUIET;
    return "0 0 " + side + " " + side;
  }
}
