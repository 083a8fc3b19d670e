package org.medseal.pages.clinical.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How stored values of a monochrome image become grey: slope and intercept, then a window (PS3.3
 * sections C.11.1, C.11.2).
 *
 * @param windows those the header offers; empty where it offers none that can be used
 * @param inverted true where the lowest value is white (MONOCHROME1)
 */
record GreyScale(double slope, double intercept, List<Window> windows, boolean inverted) {
  private static final int FRAME_VOI_LUT = 0x00289132;
  private static final int PIXEL_VALUE_TRANSFORMATION = 0x00289145;
  private static final int MODALITY_LUT = 0x00283000;
  private static final int CENTRE = 0x00281050;
  private static final int WIDTH = 0x00281051;
  private static final int INTERCEPT = 0x00281052;
  private static final int SLOPE = 0x00281053;
  private static final int FUNCTION = 0x00281056;
  private static final int PHOTOMETRIC = 0x00280004;
  private static final int MOST_WINDOWS = 16;

  GreyScale {
    windows = List.copyOf(windows);
  }

  /** What lies between black and white. */
  record Window(double centre, double width, String function) {
    /** From 0 to 1; outside the window one of the two. */
    double grey(double value) {
      return switch (function) {
        case "SIGMOID" -> 1 / (1 + Math.exp(-4 * (value - centre) / width));
        case "LINEAR_EXACT" -> bounded((value - centre) / width + 0.5);
        default ->
            width <= 1
                ? (value <= centre - 0.5 ? 0 : 1)
                : bounded((value - (centre - 0.5)) / (width - 1) + 0.5);
      };
    }

    /** Everything from the lowest to the highest value. */
    static Window over(double lowest, double highest) {
      double width = highest > lowest ? highest - lowest : 1;
      return new Window(lowest + width / 2, width, "LINEAR_EXACT");
    }

    private static double bounded(double grey) {
      return Math.max(0, Math.min(1, grey));
    }
  }

  /** Of that frame, from 1. */
  static GreyScale of(Header header, int frame) {
    Header values = header.ofFrame(frame, PIXEL_VALUE_TRANSFORMATION);
    // A table in place of slope and intercept is not applied: what it maps to, no window fits.
    boolean table = header.dataset().contains(MODALITY_LUT);
    double slope = values.number(SLOPE).orElse(1);
    return new GreyScale(
        slope == 0 ? 1 : slope,
        values.number(INTERCEPT).orElse(0),
        table ? List.of() : windows(header.ofFrame(frame, FRAME_VOI_LUT)),
        header.text(PHOTOMETRIC).equals("MONOCHROME1"));
  }

  private static List<Window> windows(Header header) {
    List<String> centres = header.texts(CENTRE);
    List<String> widths = header.texts(WIDTH);
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_WINDOWS, Math.min(centres.size(), widths.size())); i++) {
      OptionalDouble centre = Header.number(centres.get(i));
      OptionalDouble width = Header.number(widths.get(i));
      if (centre.isPresent() && width.isPresent() && width.getAsDouble() > 0) {
        windows.add(new Window(centre.getAsDouble(), width.getAsDouble(), header.text(FUNCTION)));
      }
    }
    return windows;
  }

  /** After slope and intercept. */
  double value(double stored) {
    return stored * slope + intercept;
  }

  /** 0 for black to 255 for white. */
  int grey(double stored, Window window) {
    double grey = window.grey(value(stored));
    return (int) Math.round((inverted ? 1 - grey : grey) * 255);
  }
}
