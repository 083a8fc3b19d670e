package org.medseal.connectors.deidentify.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Quantity;
import org.medseal.connectors.deidentify.DisplayText;
import org.medseal.connectors.deidentify.PlainValues;
import org.medseal.connectors.deidentify.Units;
import org.medseal.connectors.deidentify.rules.Rule;

/** Codes and quantities: public codes and numbers stay, local codes are mapped or keyed. */
final class CodedValues {

  private static final BigDecimal OLDEST_AGE = BigDecimal.valueOf(90);

  private final FhirRules rules;
  private final RecordFacts facts;

  CodedValues(FhirRules rules, RecordFacts facts) {
    this.rules = rules;
    this.facts = facts;
  }

  /**
   * A local coding beside a public one says nothing more and goes. Texts stay where the rule lets
   * those of the vocabulary stay.
   */
  Optional<CodeableConcept> concept(CodeableConcept source, Rule rule) {
    List<Coding> codings = new ArrayList<>();
    for (Coding coding : source.getCoding()) {
      coding(coding)
          .map(c -> c.hasSystem() ? c : c.setDisplay(word(rule, coding.getDisplay())))
          .ifPresent(codings::add);
    }
    if (codings.stream().anyMatch(Coding::hasSystem)) {
      codings.removeIf(c -> !c.hasSystem());
    }
    CodeableConcept out = new CodeableConcept();
    codings.forEach(out::addCoding);
    out.setText(word(rule, source.getText()));
    return out.isEmpty() ? Optional.empty() : Optional.of(out);
  }

  /** A text that the vocabulary allows and no name of the message holds; else none. */
  private String word(Rule rule, String text) {
    boolean stays =
        text != null
            && rule.option("vocabulary", "false").equals("true")
            && rules.allowed(rule, text.strip())
            && DisplayText.namesNobody(text, facts.scan());
    return stays ? text.strip() : null;
  }

  Optional<Coding> coding(Coding source) {
    if (!source.hasCode()) {
      return Optional.empty();
    }
    String system = source.getSystem() == null ? "" : source.getSystem();
    String code = source.getCode().strip();
    Optional<String> mapped = rules.mapped(system, code);
    if (mapped.isPresent()) {
      int bar = mapped.get().indexOf('|');
      return Optional.of(
          new Coding()
              .setSystem(facts.made(mapped.get().substring(0, bar)))
              .setCode(mapped.get().substring(bar + 1)));
    }
    boolean clean = rules.systems().isNamed(system) || !facts.scan().occursIn(system);
    if (clean && rules.systems().isPublic(system, code)) {
      Coding out = new Coding().setSystem(facts.made(system)).setCode(code);
      display(source.getDisplay()).ifPresent(out::setDisplay);
      return Optional.of(out);
    }
    facts.counts().add("(local code) pseudonym");
    return Optional.of(
        new Coding()
            .setCode(facts.made(facts.keyed().hex("CODE", facts.pseudonym(), system, code))));
  }

  private Optional<String> display(String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (DisplayText.mayStay(text, facts.scan())) {
      return Optional.of(text);
    }
    facts.counts().add("(display text) drop");
    return Optional.empty();
  }

  /** Keeps the number, its comparator and its unit; a local unit stays without its system. */
  <Q extends Quantity> Optional<Q> quantity(Quantity source, Q out) {
    number(source.getValue()).ifPresent(out::setValue);
    if (source.hasComparator()) {
      out.setComparator(source.getComparator());
      facts.made(source.getComparator().toCode());
    }
    String code = source.getCode() == null ? "" : source.getCode();
    String system = source.getSystem() == null ? "" : source.getSystem();
    String unit = source.getUnit() == null ? "" : source.getUnit();
    if (rules.systems().isPublic(system, code) && !facts.scan().occursInPublishedCode(code)) {
      out.setSystem(facts.made(system)).setCode(code);
      if (Units.isUnit(unit) && !facts.scan().occursIn(unit)) {
        out.setUnit(unit);
      }
    } else {
      String local = unit.isEmpty() ? code : unit;
      if (Units.isUnit(local) && !facts.scan().occursIn(local)) {
        out.setUnit(local);
      }
    }
    return out.isEmpty() ? Optional.empty() : Optional.of(out);
  }

  /** A number of at most seven places, with the places behind the point that the sender wrote. */
  Optional<BigDecimal> number(BigDecimal value) {
    if (value == null || PlainValues.isNumber(value.toString())) {
      return Optional.ofNullable(value);
    }
    facts.counts().add("(long number) drop");
    return Optional.empty();
  }

  /** Ages of 90 and more are one group. */
  <Q extends Quantity> Optional<Q> age(Quantity source, Q out) {
    Optional<Q> kept = quantity(source, out);
    String unit = source.hasCode() ? source.getCode() : "" + source.getUnit();
    boolean years = unit.equals("a") || unit.startsWith("y") || unit.startsWith("Y");
    boolean old = source.hasValue() && source.getValue().compareTo(OLDEST_AGE) >= 0;
    kept.filter(q -> old && years).ifPresent(q -> q.setValue(OLDEST_AGE));
    boolean checked = years || List.of("mo", "wk", "d", "h", "min").contains(unit);
    return checked || !old ? kept : Optional.empty();
  }
}
