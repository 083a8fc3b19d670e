package org.medseal.connectors.deidentify.hl7;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.DisplayText;
import org.medseal.connectors.deidentify.PlainValues;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.Units;
import org.medseal.connectors.deidentify.hl7.Field.Repetition;
import org.medseal.connectors.deidentify.rules.Rule;

/** Applies one rule to one field, repetition by repetition. What fits no shape is dropped. */
final class FieldTransform {

  private static final Set<String> COMPARATORS = Set.of("", ">", "<", ">=", "<=", "=", "<>");
  private static final Set<String> SEPARATORS = Set.of("", "-", "+", "/", ".", ":");

  private static final int AGE_UNIT = 6;
  private static final BigDecimal OLDEST_AGE = BigDecimal.valueOf(90);
  private static final Set<String> UNITS_BELOW_A_YEAR =
      Set.of("mo", "mon", "month", "months", "wk", "week", "weeks", "d", "day", "days", "h", "hr");

  /** A message code, an event or a message structure. */
  private static final Pattern MESSAGE_TYPE =
      Pattern.compile("[A-Z]{3}(_[A-Z][0-9]{2})?|[A-Z][0-9]{2}");

  private final Hl7Context context;
  private final CodedField coded;

  FieldTransform(Hl7Context context) {
    this.context = context;
    this.coded = new CodedField(context);
  }

  Field apply(Rule rule, Field source, Segment segment) {
    if (rule.method() == org.medseal.connectors.deidentify.rules.Method.DUMMY) {
      return Field.of(context.made(rule.option("value", "MEDSEAL")));
    }
    if (rule.option("of", "").equals("merged")) {
      return Field.of(context.made(context.merged().apply(source)));
    }
    List<Repetition> out = new ArrayList<>();
    for (Repetition repetition : source.repetitions()) {
      if (!repetition.isEmpty()) {
        (rule.option("as", "").equals("age")
                ? age(repetition, segment.field(AGE_UNIT).first())
                : one(rule, repetition))
            .ifPresent(out::add);
      }
    }
    return new Field(out);
  }

  private Optional<Repetition> one(Rule rule, Repetition source) {
    if (source.text(1).equals(Field.DELETE) && isKept(rule)) {
      return Optional.of(Repetition.of(context.made(Field.DELETE)));
    }
    return switch (rule.method()) {
      case DROP, EMPTY, DUMMY -> Optional.empty();
      case KEEP -> keep(rule, source);
      case PSEUDONYM -> pseudonym(rule, source);
      case SHIFT_DATE -> date(source);
      case GENERALIZE ->
          DateShift.birthYear(source.text(1), context.transform().referenceYear()).map(this::made);
      case MAP_UID -> Optional.of(made(context.transform().keyed().uid(source.text(1))));
      case ALLOW_VOCABULARY -> vocabulary(rule, source.text(1));
    };
  }

  private static boolean isKept(Rule rule) {
    return switch (rule.method()) {
      case KEEP, SHIFT_DATE, ALLOW_VOCABULARY -> true;
      default -> false;
    };
  }

  private Optional<Repetition> keep(Rule rule, Repetition source) {
    String value = source.text(1);
    return switch (rule.option("as", "code")) {
      case "number" -> plain(PlainValues.isNumber(value), value);
      case "numbers" -> numbers(source);
      case "result" -> plain(PlainValues.isResult(value), value);
      case "structured" -> structured(source);
      case "quantity" -> quantity(source);
      case "range" ->
          plain(
              PlainValues.isRange(value) || context.transform().rules().allowed(rule, value),
              value);
      case "time" -> plain(PlainValues.isTime(value), value);
      case "version" -> plain(PlainValues.isVersion(value), value);
      case "unit" -> unit(source).map(u -> Repetition.of(u.toArray(String[]::new)));
      case "messageType" -> messageType(source);
      case "specimen" -> specimen(rule, source);
      default -> coded.of(source, rule);
    };
  }

  /** SPS: the specimen's code and, fourth, its site, each with its parts as subcomponents. */
  private Optional<Repetition> specimen(Rule rule, Repetition source) {
    List<Field.Component> out = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      String[] parts = source.component(i).subcomponents().toArray(String[]::new);
      boolean code = i == 1 || i == 4;
      out.add(
          code
              ? coded
                  .of(Repetition.of(parts), rule)
                  .map(
                      r -> new Field.Component(r.components().stream().map(c -> c.sub(1)).toList()))
                  .orElse(Field.Component.EMPTY)
              : Field.Component.EMPTY);
    }
    Repetition kept = new Repetition(out);
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
  }

  /**
   * An age as a number or SN: from 90 years on all are one group; without a unit it is in years.
   */
  private static Optional<Repetition> age(Repetition source, Repetition unit) {
    boolean structured = !source.text(2).isEmpty();
    String number = source.text(structured ? 2 : 1);
    if (!PlainValues.isNumber(number) || !(source.text(3) + source.text(4)).isEmpty()) {
      return Optional.empty();
    }
    boolean younger = UNITS_BELOW_A_YEAR.contains(unit.text(1).toLowerCase(Locale.ROOT));
    boolean old = !younger && new BigDecimal(number).compareTo(OLDEST_AGE) >= 0;
    String kept = old ? OLDEST_AGE.toPlainString() : number;
    if (!structured) {
      return Optional.of(Repetition.of(kept));
    }
    return COMPARATORS.contains(source.text(1))
        ? Optional.of(Repetition.of(source.text(1), kept))
        : Optional.empty();
  }

  private static Optional<Repetition> plain(boolean fits, String value) {
    return fits ? Optional.of(Repetition.of(value)) : Optional.empty();
  }

  private Repetition made(String value) {
    return Repetition.of(context.made(value));
  }

  /** NA, NR: every component is a number, or absent. */
  private static Optional<Repetition> numbers(Repetition r) {
    boolean fits =
        r.components().stream()
            .allMatch(
                c -> c.isEmpty() || (c.subcomponents().size() == 1 && isPlainNumber(c.sub(1))));
    return fits ? Optional.of(r) : Optional.empty();
  }

  private static boolean isPlainNumber(String value) {
    return PlainValues.isNumber(value) && PlainValues.isMeasured(value);
  }

  private static Optional<Repetition> structured(Repetition r) {
    boolean fits =
        COMPARATORS.contains(r.text(1))
            && SEPARATORS.contains(r.text(3))
            && (r.text(2).isEmpty() || PlainValues.isNumber(r.text(2)))
            && (r.text(4).isEmpty() || PlainValues.isNumber(r.text(4)))
            && !(r.text(2) + r.text(4)).isEmpty()
            && isPlausible(r.text(2), r.text(3), r.text(4));
    return fits
        ? Optional.of(Repetition.of(r.text(1), r.text(2), r.text(3), r.text(4)))
        : Optional.empty();
  }

  /** A range rises, parts of a ratio are short: else it could be a personal number with a sign. */
  private static boolean isPlausible(String first, String sign, String second) {
    if (first.isEmpty() || second.isEmpty()) {
      return true;
    }
    return switch (sign) {
      case "", "+" -> true;
      case "-" -> PlainValues.rises(first, second);
      default -> PlainValues.isMeasured(first) && PlainValues.isMeasured(second);
    };
  }

  /** CQ: a number and a unit, whose own parts are subcomponents. */
  private Optional<Repetition> quantity(Repetition r) {
    if (!PlainValues.isNumber(r.text(1))) {
      return Optional.empty();
    }
    Repetition units = Repetition.of(r.component(2).subcomponents().toArray(String[]::new));
    String unit = unit(units).map(u -> u.get(0).isEmpty() ? u.get(1) : u.get(0)).orElse("");
    return Optional.of(Repetition.of(r.text(1), unit));
  }

  /**
   * A unit's code, text and system: local units stay without their system, a number needs its unit.
   * Devices that number their units write the unit itself into the text.
   */
  private Optional<List<String>> unit(Repetition r) {
    String code = r.text(1);
    String system = r.text(3);
    CodeSystems systems = context.transform().rules().systems();
    ResidualScan scan = context.transform().scan();
    if (!Units.isUnit(code) && !systems.isPublic(system, code)) {
      String text = r.text(2);
      return Units.isUnit(text) && DisplayText.namesNobody(text, scan)
          ? Optional.of(List.of("", text, ""))
          : Optional.empty();
    }
    if (scan.occursIn(code)) {
      return Optional.empty();
    }
    boolean known =
        systems.form(system).isPresent() && (systems.isNamed(system) || !scan.occursIn(system));
    return Optional.of(List.of(code, "", known ? context.made(system) : ""));
  }

  private Optional<Repetition> messageType(Repetition r) {
    List<String> out = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String part = r.text(i).toUpperCase(Locale.ROOT);
      boolean fits = MESSAGE_TYPE.matcher(part).matches();
      out.add(fits ? context.made(part) : "");
    }
    return Optional.of(Repetition.of(out.toArray(String[]::new)));
  }

  private Optional<Repetition> pseudonym(Rule rule, Repetition source) {
    String purpose = rule.option("purpose", "NUMBER");
    return switch (rule.option("of", "number")) {
      case "pair" ->
          Optional.of(
              Repetition.of(
                  number(purpose, source.component(1)), number(purpose, source.component(2))));
      default ->
          source.text(1).isEmpty()
              ? Optional.empty()
              : Optional.of(made(keyed(purpose, source.text(1), source.text(2))));
    };
  }

  private String number(String purpose, Field.Component component) {
    return component.sub(1).isEmpty()
        ? ""
        : context.made(keyed(purpose, component.sub(1), component.sub(2)));
  }

  private String keyed(String purpose, String number, String namespace) {
    return context.transform().keyed().hex(purpose, number, namespace);
  }

  /** DT, TS, DTM; a DR has two; a TM has no date and stays without its zone. */
  private Optional<Repetition> date(Repetition source) {
    List<String> out = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      String value = source.text(i);
      Optional<String> shifted = context.transform().dates().hl7(value);
      if (shifted.isEmpty() && !value.isEmpty()) {
        context.counts().add("(unreadable date) drop");
      }
      out.add(shifted.map(context::made).orElse(""));
    }
    return out.stream().allMatch(String::isEmpty)
        ? Optional.empty()
        : Optional.of(Repetition.of(out.toArray(String[]::new)));
  }

  private Optional<Repetition> vocabulary(Rule rule, String value) {
    boolean numbers = rule.option("numbers", "false").equals("true");
    boolean allowed =
        (context.transform().rules().allowed(rule, value)
                && DisplayText.namesNobody(value, context.transform().scan()))
            || (numbers && PlainValues.isMeasurement(value));
    return plain(allowed, value);
  }
}
