package org.medseal.pages.plot;

import gg.jte.Content;
import java.util.List;

/**
 * A drawn plot: the same picture for wide and for narrow screens, what its colours mean, and its
 * numbers as a table for whoever does not see it.
 *
 * @param wide SVG text, escaped
 * @param narrow SVG text, escaped
 * @param columns headings of the table
 * @param rows texts as they are, not escaped
 */
public record Plot(
    Words words,
    String wide,
    String narrow,
    List<Legend> legend,
    List<String> columns,
    List<List<String>> rows) {

  /**
   * Texts of a plot in the reader's language.
   *
   * @param id unique on its page; letters, digits and hyphens
   * @param description what is seen, in a sentence, for whoever cannot see it
   * @param first heading of the table's first column
   */
  public record Words(String id, String title, String description, String first) {
    public Words {
      if (!id.matches("[a-z][a-z0-9-]*")) {
        throw new IllegalArgumentException("the id of a plot is of letters, digits and hyphens");
      }
    }
  }

  /** Colour number, from 1, and what it stands for. */
  public record Legend(int colour, String name) {}

  public Plot {
    legend = List.copyOf(legend);
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Both pictures as they stand in a page, which shows the one that fits. */
  public Content pictures() {
    return output -> {
      output.writeContent(wide);
      output.writeContent(narrow);
    };
  }

  /** Whether there is anything to see. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
