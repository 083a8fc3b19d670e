package org.medseal.connectors.deidentify;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One assigning authority of identifiers.yaml. {@code order} is its place there, {@code types} its
 * identifier types (HL7 table 0203), the first of which stands in every pseudonym's input. {@code
 * name} is for people; the id itself where the file gives none.
 */
public record Authority(
    String id, String name, boolean national, int order, List<String> types, CanonicalForm form) {

  public Authority {
    types = List.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("an authority has at least one identifier type");
    }
  }

  /** The type under which its identifiers enter pseudonyms. */
  public String idType() {
    return types.get(0);
  }

  boolean takes(String type) {
    return type.isBlank() || types.contains(type.strip().toUpperCase(Locale.ROOT));
  }

  /** The canonical id; empty if nothing is left, a configured check fails or nobody's is meant. */
  public Optional<String> canonical(String id) {
    return form.apply(id).filter(canonical -> !isPlaceholder(canonical));
  }

  /** Nothing but zeros, or one digit four times and more: typed where no number was known. */
  private static boolean isPlaceholder(String id) {
    String digits = id.replaceAll("[ .-]", "");
    return digits.matches("0+|(\\d)\\1{3,}");
  }

  /** How ids of one authority are made comparable (reference/crypto.md section 1). */
  public record CanonicalForm(String separators, boolean stripLeadingZeros, Check check) {

    static final CanonicalForm PLAIN = new CanonicalForm("", false, Check.NONE);

    Optional<String> apply(String id) {
      String text = Normalizer.normalize(id, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
      StringBuilder out = new StringBuilder(text.length());
      text.codePoints().filter(c -> separators.indexOf(c) < 0).forEach(out::appendCodePoint);
      int zeros = 0;
      while (stripLeadingZeros && zeros < out.length() - 1 && out.charAt(zeros) == '0') {
        zeros++;
      }
      String canonical = out.substring(zeros).strip();
      return canonical.isEmpty() || !check.holds(canonical)
          ? Optional.empty()
          : Optional.of(canonical);
    }
  }

  /** Check digits an authority may ask for. */
  public enum Check {
    NONE {
      @Override
      boolean holds(String id) {
        return true;
      }
    },
    /** GB 11643-1999: 18 places, ISO 7064 MOD 11-2. */
    GB11643 {
      @Override
      boolean holds(String id) {
        if (id.length() != 18) {
          return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
          int digit = id.charAt(i) - '0';
          if (digit < 0 || digit > 9) {
            return false;
          }
          sum = (sum + digit) * 2 % 11;
        }
        return id.charAt(17) == "0123456789X".charAt((12 - sum) % 11);
      }
    },
    /**
     * US social security numbers as they are given out: no area 000, 666 or 9xx, no group 00, no
     * serial 0000, nor the one that became famous in advertising. Of the 9xx the range reserved for
     * examples (987-65-4320 to 4329) holds.
     */
    SSN {
      @Override
      boolean holds(String id) {
        boolean example = id.matches("98765432[0-9]");
        return example
            || (id.matches("(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}")
                && !id.equals("078051120"));
      }
    };

    abstract boolean holds(String id);
  }
}
