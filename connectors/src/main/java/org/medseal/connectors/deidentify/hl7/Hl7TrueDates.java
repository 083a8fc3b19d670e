package org.medseal.connectors.deidentify.hl7;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.TrueDates;
import org.medseal.connectors.deidentify.hl7.Field.Component;
import org.medseal.connectors.deidentify.hl7.Field.Repetition;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.crypto.pseudonym.Pseudonym;

/** True dates of HL7 v2 records: DT, TS, DTM and both ends of a DR wherever a rule shifted them. */
public final class Hl7TrueDates implements TrueDates {
  private static final int PATIENT_ID = 3;
  private static final int VALUE_TYPE = 2;

  /** DR has two. */
  private static final int DATES_A_FIELD = 2;

  private final Hl7Rules rules;

  private Hl7TrueDates(Hl7Rules rules) {
    this.rules = rules;
  }

  /** DeidConfigException names file, line and key. */
  public static Hl7TrueDates load(Path rulesYaml) {
    return new Hl7TrueDates(Hl7Rules.load(rulesYaml));
  }

  @Override
  public String ruleSetId() {
    return rules.id();
  }

  @Override
  public Content restored(Content record, List<Pseudonym> candidates) {
    String text = new String(TrueDates.onHeap(record), StandardCharsets.UTF_8);
    Hl7Message message =
        Hl7Message.parse(text, StandardCharsets.UTF_8).orElseThrow(TrueDates::unreadable);
    String inRecord =
        message.all("PID").stream()
            .findFirst()
            .map(pid -> pid.field(PATIENT_ID).first().text(1))
            .orElse("");
    DateShift back = DateShift.undoing(TrueDates.named(inRecord, candidates).dateOffsetDays());
    List<Segment> segments =
        message.segments().stream().map(segment -> restored(segment, back)).toList();
    String restored = new Hl7Message(message.delimiters(), segments).render();
    return Content.of(restored.getBytes(StandardCharsets.UTF_8));
  }

  private Segment restored(Segment segment, DateShift back) {
    boolean msh = segment.name().equals("MSH");
    String valueType =
        segment.name().equals("OBX") ? segment.field(VALUE_TYPE).first().text(1) : "";
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i <= segment.fields().size(); i++) {
      boolean shifted =
          !(msh && i <= 2)
              && rules
                  .ruleFor(segment, i, valueType)
                  .filter(rule -> rule.method() == Method.SHIFT_DATE)
                  .isPresent();
      Field field = segment.field(i);
      fields.add(shifted ? restored(field, back) : field);
    }
    return new Segment(segment.name(), fields);
  }

  private static Field restored(Field field, DateShift back) {
    return new Field(
        field.repetitions().stream()
            .map(
                repetition -> {
                  List<Component> components = new ArrayList<>(repetition.components());
                  for (int i = 0; i < Math.min(DATES_A_FIELD, components.size()); i++) {
                    components.set(i, restored(components.get(i), back));
                  }
                  return new Repetition(components);
                })
            .toList());
  }

  /** What asks a receiver to delete is no date and stays. */
  private static Component restored(Component component, DateShift back) {
    return back.hl7(component.sub(1)).map(date -> new Component(List.of(date))).orElse(component);
  }
}
