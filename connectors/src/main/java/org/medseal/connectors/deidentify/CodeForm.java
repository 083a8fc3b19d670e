package org.medseal.connectors.deidentify;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What codes of a public code system look like. A code that does not is treated as a local one, so
 * that nobody's number passes under a public system's name.
 */
public enum CodeForm {
  /** Six places at most, more than any code has. */
  LOINC("(LP|LA|LL|LG|MTHU)?\\d{1,7}-\\d") {
    @Override
    public boolean fits(String code) {
      return super.fits(code) && (code.charAt(0) > '9' || code.indexOf('-') <= LOINC_PLACES);
    }
  },
  /** A concept, with the check digit of all of them (SNOMED CT Release File Specification 6). */
  SNOMED("[1-9]\\d{2,14}[01]0\\d") {
    @Override
    public boolean fits(String code) {
      return super.fits(code) && Verhoeff.holds(code);
    }
  },
  /**
   * ICD-9, ICD-10, ICD-10-CM and -PCS, ICD-11, with or without the point. There is a digit; without
   * letters five digits at most, or seven of a -PCS code.
   */
  ICD(
      "(?=[A-Z.]*\\d)(?!\\d{6}(\\.|$)|\\d{8}|[1-9]\\d{6})"
          + "[0-9A-Z][0-9A-Z]{1,7}(\\.[0-9A-Z]{1,4})?([*+/&][0-9A-Z.]{1,10})?"),
  RXNORM("\\d{1,7}"),
  ATC("[A-Z](\\d{2}([A-Z]([A-Z](\\d{2})?)?)?)?"),
  /** ISO/IEEE 11073-10101: the number or the reference id. */
  MDC("\\d{1,6}|MDC_[A-Z0-9_]{1,60}"),
  /** JLAC10, the laboratory codes of Japan: analyte, identification, material, method, result. */
  JLAC("\\d[A-Z]\\d{3}-?\\d{4}-?\\d{3}-?\\d{3}(-?\\d{2})?"),
  /** Sequences of NCBI and of LRG, with their version. */
  REFSEQ("(N[CGMPRTW]|X[MPR])_\\d{6,9}(\\.\\d{1,2})?|LRG_\\d{1,5}"),
  /** Up to three digits. */
  CVX("\\d{1,3}"),
  NDC("\\d{4,6}-?\\d{3,4}-?\\d{1,2}"),
  /** CPT and HCPCS with modifiers. */
  CPT("([0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})([- ]?[0-9A-Z]{2}){0,4}"),
  UCUM("[\\x21-\\x7e]{1,40}") {
    @Override
    public boolean fits(String code) {
      return super.fits(code) && Units.isUnit(code);
    }
  },
  /** No code: shuts a system out of a longer prefix. */
  NONE("\\b\\B"),
  /** Codes of HL7's, ISO's and similar tables: words, no long numbers. */
  TOKEN("[A-Za-z0-9<>=+%'*.:/_-]{1,48}") {
    @Override
    public boolean fits(String code) {
      return super.fits(code) && !PlainValues.hasLongNumber(code);
    }
  };

  private static final int LOINC_PLACES = 6;

  private final Pattern pattern;

  CodeForm(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  public boolean fits(String code) {
    return pattern.matcher(code).matches();
  }

  /** As the rule files spell it: the name in lower case. */
  public static Optional<CodeForm> spelled(String text) {
    for (CodeForm form : values()) {
      if (form.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }
}
