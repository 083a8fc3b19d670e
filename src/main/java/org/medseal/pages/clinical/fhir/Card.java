package org.medseal.pages.clinical.fhir;

import java.util.List;
import org.medseal.pages.clinical.shown.ShownText;

/**
 * A resource.
 *
 * @param anchor by which links on the page find it
 * @param type in words
 * @param title what it is about; may be empty
 * @param gist its value, with unit, range and interpretation; may be empty
 * @param status as it is in the resource; may be empty
 * @param contained resources inside it
 * @param json of the resource, pretty printed; empty for contained ones
 */
public record Card(
    String anchor,
    String type,
    ShownText title,
    Gist gist,
    ShownText status,
    List<Row> rows,
    List<Card> contained,
    ShownText json) {
  public Card {
    rows = List.copyOf(rows);
    contained = List.copyOf(contained);
  }

  /**
   * What an observation found.
   *
   * @param range of reference
   * @param flag how it was interpreted
   */
  public record Gist(ShownText value, ShownText range, ShownText flag) {
    public boolean isEmpty() {
      return value.isEmpty() && range.isEmpty() && flag.isEmpty();
    }
  }

  /**
   * An element of the resource.
   *
   * @param depth 0 for the resource's own elements
   * @param label in words
   * @param values none for one that only holds the rows after it
   */
  public record Row(int depth, String label, List<Value> values) {
    public Row {
      values = List.copyOf(values);
    }
  }

  /**
   * A value.
   *
   * @param detail such as a code and its system; may be empty
   * @param link to the card it refers to; empty if it refers to none
   */
  public record Value(ShownText text, ShownText detail, String link) {}
}
