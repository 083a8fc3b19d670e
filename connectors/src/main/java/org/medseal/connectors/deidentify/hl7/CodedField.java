package org.medseal.connectors.deidentify.hl7;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.DisplayText;
import org.medseal.connectors.deidentify.PlainValues;
import org.medseal.connectors.deidentify.hl7.Field.Repetition;

/**
 * CE, CWE, CNE and IS: code, text, system, then the same again as alternates. Public codes stay,
 * their texts if the residual scan finds nothing in them; local codes are mapped, keyed without
 * text, kept as short words or dropped.
 */
final class CodedField {

  /** System of keyed codes: a local one (HL7 table 0396). */
  static final String LOCAL_SYSTEM = "L";

  private final Hl7Context context;

  CodedField(Hl7Context context) {
    this.context = context;
  }

  /** {@code local} is key, keep or drop. An empty result means that nothing may stay. */
  Optional<Repetition> of(Repetition source, String local) {
    List<String> out = new ArrayList<>();
    for (int at = 1; at <= 4; at += 3) {
      out.addAll(triple(source, at, local));
    }
    List<String> third = triple(source, 10, local);
    if (third.stream().anyMatch(t -> !t.isEmpty())) {
      out.addAll(List.of("", "", ""));
      out.addAll(third);
    }
    if (out.stream().allMatch(String::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(Repetition.of(out.toArray(String[]::new)));
  }

  private List<String> triple(Repetition source, int at, String local) {
    String code = source.text(at);
    String text = source.text(at + 1);
    String system = source.text(at + 2);
    if (code.isEmpty() || code.indexOf(Escapes.UNREADABLE) >= 0) {
      return Arrays.asList("", "", "");
    }
    if (code.equals(Field.DELETE)) {
      return Arrays.asList(code, "", "");
    }
    Optional<String> mapped = context.transform().rules().mapped(system, code);
    if (mapped.isPresent()) {
      int bar = mapped.get().indexOf('|');
      return Arrays.asList(
          mapped.get().substring(bar + 1), "", context.made(mapped.get().substring(0, bar)));
    }
    if (context.transform().rules().systems().isPublic(system, code)) {
      boolean stays = DisplayText.mayStay(text, context.transform().scan());
      if (!stays && !text.isEmpty()) {
        context.counts().add("(display text) drop");
      }
      return Arrays.asList(code, stays ? text : "", context.made(system));
    }
    return local(code, system, local);
  }

  private List<String> local(String code, String system, String local) {
    boolean word =
        system.isEmpty() && PlainValues.isToken(code) && !context.transform().scan().occursIn(code);
    if (local.equals("keep") && word) {
      return Arrays.asList(code, "", "");
    }
    if (local.equals("key")) {
      context.counts().add("(local code) pseudonym");
      String keyed = context.transform().keyed().hex("CODE", system, code);
      return Arrays.asList(context.made(keyed), "", context.made(LOCAL_SYSTEM));
    }
    context.counts().add("(local code) drop");
    return Arrays.asList("", "", "");
  }
}
