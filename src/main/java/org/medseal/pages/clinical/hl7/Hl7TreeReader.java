package org.medseal.pages.clinical.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.deidentify.hl7.Field;
import org.medseal.connectors.deidentify.hl7.Hl7Message;
import org.medseal.connectors.deidentify.hl7.Segment;
import org.medseal.pages.clinical.hl7.Hl7Tree.FieldNode;
import org.medseal.pages.clinical.hl7.Hl7Tree.Part;
import org.medseal.pages.clinical.hl7.Hl7Tree.Repeat;
import org.medseal.pages.clinical.hl7.Hl7Tree.SegmentNode;
import org.medseal.pages.clinical.shown.ShownText;
import org.medseal.pages.clinical.shown.ShownTime;

/** Makes the tree of a message: what is empty is left out, what is long is cut. */
public final class Hl7TreeReader {
  static final int MOST_SEGMENTS = 1_500;
  static final int MOST_REPETITIONS = 200;
  static final int MOST_CHARACTERS = 4_000;
  private static final Set<String> TIMES = Set.of("TS", "DTM", "DT");

  private final Hl7Names names;

  public Hl7TreeReader(Locale locale) {
    this.names = new Hl7Names(locale);
  }

  /** Empty for bytes that are no single HL7 v2 message; those are shown as text. */
  public Optional<Hl7Tree> read(byte[] message) {
    return Hl7Message.read(message).map(this::tree);
  }

  private Hl7Tree tree(Hl7Message message) {
    List<Segment> all = message.segments();
    List<Segment> shown = all.subList(0, Math.min(all.size(), MOST_SEGMENTS));
    return new Hl7Tree(
        type(message.msh()),
        Hl7Gist.results(shown),
        shown.stream().map(this::segment).toList(),
        all.size() - shown.size());
  }

  private static String type(Segment msh) {
    Field.Repetition type = msh.field(9).first();
    String event = type.text(2);
    return ShownText.of(event.isEmpty() ? type.text(1) : type.text(1) + "^" + event, 20).text();
  }

  private SegmentNode segment(Segment segment) {
    String id = segment.name();
    List<FieldNode> fields = new ArrayList<>();
    for (int i = 1; i <= segment.fields().size(); i++) {
      Field field = segment.field(i);
      if (!field.isEmpty()) {
        String type = id.equals("OBX") && i == 5 ? segment.field(2).first().text(1) : type(id, i);
        fields.add(new FieldNode(id + "-" + i, names.field(id, i), repetitions(field, type)));
      }
    }
    return new SegmentNode(id, names.segment(id), Hl7Gist.of(segment), fields);
  }

  private String type(String segment, int position) {
    return names.type(segment, position);
  }

  private List<Repeat> repetitions(Field field, String type) {
    return field.repetitions().stream()
        .filter(repetition -> !repetition.isEmpty())
        .limit(MOST_REPETITIONS)
        .map(repetition -> new Repeat(parts(repetition, type)))
        .toList();
  }

  private List<Part> parts(Field.Repetition repetition, String type) {
    List<Part> parts = new ArrayList<>();
    for (int i = 1; i <= repetition.components().size(); i++) {
      Field.Component component = repetition.component(i);
      if (!component.isEmpty()) {
        parts.add(new Part(i, names.component(type, i), values(component, type)));
      }
    }
    return parts;
  }

  private static List<ShownText> values(Field.Component component, String type) {
    boolean time = TIMES.contains(type);
    return component.subcomponents().stream()
        .filter(value -> !value.isEmpty())
        .limit(MOST_REPETITIONS)
        .map(value -> ShownText.of(time ? ShownTime.of(value) : value, MOST_CHARACTERS))
        .toList();
  }
}
