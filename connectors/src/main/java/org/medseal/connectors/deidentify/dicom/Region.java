package org.medseal.connectors.deidentify.dicom;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rectangle of an image in pixels, from its upper left corner. */
record Region(int x, int y, int width, int height) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,5}) *, *(\\d{1,5}) *, *(\\d{1,5}) *, *(\\d{1,5})");

  /** Reads {@code x,y,width,height}; empty for anything else and for a rectangle of no pixels. */
  static Optional<Region> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    Region region = new Region(number(form, 1), number(form, 2), number(form, 3), number(form, 4));
    return region.width > 0 && region.height > 0 ? Optional.of(region) : Optional.empty();
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }
}
