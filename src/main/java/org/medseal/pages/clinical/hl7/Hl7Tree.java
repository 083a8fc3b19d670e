package org.medseal.pages.clinical.hl7;

import java.util.List;
import org.medseal.pages.clinical.shown.ShownText;

/**
 * A message as a page shows it.
 *
 * @param type of the message with its event, such as {@code ORU^R01}
 * @param results the observations once more, as a table of results
 * @param segments in the message's order
 * @param left how many segments are not shown because there are too many
 */
public record Hl7Tree(String type, List<Hl7Result> results, List<SegmentNode> segments, int left) {
  public Hl7Tree {
    results = List.copyOf(results);
    segments = List.copyOf(segments);
  }

  /**
   * A segment.
   *
   * @param name in words; empty if the standard's tables do not hold it
   * @param gist what the segment says, in a line; may be empty
   * @param fields those that hold something
   */
  public record SegmentNode(String id, String name, ShownText gist, List<FieldNode> fields) {
    public SegmentNode {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field.
   *
   * @param place as the standard writes it, such as {@code PID-3}
   * @param name in words; empty if the standard's tables do not hold it
   */
  public record FieldNode(String place, String name, List<Repeat> repetitions) {
    public FieldNode {
      repetitions = List.copyOf(repetitions);
    }
  }

  /** One repetition: its components that hold something. */
  public record Repeat(List<Part> parts) {
    public Repeat {
      parts = List.copyOf(parts);
    }

    /** A value without components needs no names for them. */
    public boolean isPlain() {
      return parts.size() == 1 && parts.get(0).position() == 1;
    }
  }

  /**
   * A component.
   *
   * @param name in words; empty if the standard's tables do not hold it
   * @param values its subcomponents, of which there is mostly one
   */
  public record Part(int position, String name, List<ShownText> values) {
    public Part {
      values = List.copyOf(values);
    }
  }
}
