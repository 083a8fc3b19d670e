package org.medseal.pages.clinical.dicom;

import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.dicom.DataDictionary;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.pages.clinical.shown.ShownText;

/**
 * The header of an image as a table.
 *
 * @param rows in the order of tags, the items of a sequence below it
 * @param whole false where there are more rows than are shown
 */
public record DicomTable(List<Row> rows, boolean whole) {
  static final int MOST_ROWS = 3_000;

  public DicomTable {
    rows = List.copyOf(rows);
  }

  /**
   * An element, or an item of a sequence, whose tag and VR are empty.
   *
   * @param depth 0 for the data set itself
   * @param keyword of PS3.6; empty for private and unknown attributes
   * @param item number of the item from 1; 0 for an element
   */
  public record Row(int depth, String tag, String vr, String keyword, int item, Shown value) {}

  /**
   * A value as text.
   *
   * @param bytes of a value that is no text, or not whole; -1 where its length does not matter
   * @param items of a sequence; -1 for other elements
   */
  public record Shown(ShownText text, long bytes, int items) {
    static final Shown NOTHING = new Shown(ShownText.of("", 0), -1, -1);
  }

  /** Meta information, data set and pixel data without its value. */
  public static DicomTable of(DicomHead head) {
    Builder builder = new Builder();
    builder.add(head.file().meta(), 0, SpecificCharacterSet.DEFAULT);
    builder.add(head.file().dataset(), 0, SpecificCharacterSet.DEFAULT);
    head.pixels()
        .ifPresent(
            pixels ->
                builder.row(
                    0,
                    pixels.tag(),
                    pixels.vr().name(),
                    new Shown(ShownText.of("", 0), Math.max(0, pixels.lengthBytes()), -1)));
    return new DicomTable(builder.rows, !builder.full);
  }

  private static final class Builder {
    private final List<Row> rows = new ArrayList<>();
    private boolean full;

    void add(Dataset dataset, int depth, SpecificCharacterSet outer) {
      SpecificCharacterSet characters = SpecificCharacterSet.in(dataset, outer).orElse(outer);
      for (Element element : dataset.elements()) {
        row(depth, element.tag(), element.vr().name(), ElementText.of(element, characters));
        if (element instanceof Element.Sequence sequence) {
          items(sequence, depth + 1, characters);
        }
      }
    }

    private void items(Element.Sequence sequence, int depth, SpecificCharacterSet characters) {
      int number = 0;
      for (Dataset item : sequence.items()) {
        number++;
        add(new Row(depth, "", "", "", number, Shown.NOTHING));
        add(item, depth + 1, characters);
      }
    }

    void row(int depth, int tag, String vr, Shown value) {
      String keyword =
          DataDictionary.standard().find(tag).map(DataDictionary.Attribute::keyword).orElse("");
      add(new Row(depth, Tag.toString(tag), vr, keyword, 0, value));
    }

    private void add(Row row) {
      if (rows.size() < MOST_ROWS) {
        rows.add(row);
      } else {
        full = true;
      }
    }
  }
}
