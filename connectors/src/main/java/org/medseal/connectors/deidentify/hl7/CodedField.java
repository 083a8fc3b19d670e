package org.medseal.connectors.deidentify.hl7;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.DisplayText;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.hl7.Field.Repetition;
import org.medseal.connectors.deidentify.rules.Rule;

/**
 * CE, CWE, CNE and IS: code, text, system, then the same again as alternates. Public codes stay,
 * their texts if the residual scan finds nothing in them; local codes are mapped, keyed without
 * text, kept where the field's HL7 table lists them, or dropped. Where the rule says so, the texts
 * of the vocabulary stay beside them, and in place of them.
 */
final class CodedField {

  /** System of keyed codes: a local one (HL7 table 0396). */
  static final String LOCAL_SYSTEM = "L";

  private final Hl7Context context;

  CodedField(Hl7Context context) {
    this.context = context;
  }

  /**
   * The rule's {@code local} is key or drop, its {@code table} lists the bare words that stay. An
   * empty result means that nothing may stay.
   */
  Optional<Repetition> of(Repetition source, Rule rule) {
    List<String> out = new ArrayList<>();
    for (int at = 1; at <= 4; at += 3) {
      out.addAll(triple(source, at, rule));
    }
    List<String> third = triple(source, 10, rule);
    if (third.stream().anyMatch(t -> !t.isEmpty())) {
      out.addAll(List.of("", "", ""));
      out.addAll(third);
    }
    if (out.stream().allMatch(String::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(Repetition.of(out.toArray(String[]::new)));
  }

  private List<String> triple(Repetition source, int at, Rule rule) {
    String code = source.text(at);
    String text = source.text(at + 1);
    String system = source.text(at + 2);
    if (code.isEmpty() || code.indexOf(Escapes.UNREADABLE) >= 0) {
      return Arrays.asList("", word(rule, text), "");
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
    ResidualScan scan = context.transform().scan();
    CodeSystems systems = context.transform().rules().systems();
    if (systems.isPublic(system, code) && (systems.isNamed(system) || !scan.occursIn(system))) {
      boolean stays = DisplayText.mayStay(text, scan);
      if (!stays && !text.isEmpty()) {
        context.counts().add("(display text) drop");
      }
      return Arrays.asList(code, stays ? text : "", context.made(system));
    }
    return local(code, word(rule, text), system, rule);
  }

  /** A text that the vocabulary allows and no name of the message holds; else empty. */
  private String word(Rule rule, String text) {
    boolean stays =
        rule.option("vocabulary", "false").equals("true")
            && context.transform().rules().allowed(rule, text)
            && DisplayText.namesNobody(text, context.transform().scan());
    return stays ? text : "";
  }

  private List<String> local(String code, String text, String system, Rule rule) {
    if (system.isEmpty() && context.transform().rules().inTable(rule, code)) {
      return Arrays.asList(context.made(code), text, "");
    }
    if (system.isEmpty() && !word(rule, code).isEmpty()) {
      return Arrays.asList(code, text, "");
    }
    if (rule.option("local", "key").equals("key")) {
      context.counts().add("(local code) pseudonym");
      String keyed = context.transform().keyed().hex("CODE", context.patient(), system, code);
      return Arrays.asList(context.made(keyed), text, context.made(LOCAL_SYSTEM));
    }
    context.counts().add("(local code) drop");
    return Arrays.asList("", text, "");
  }
}
