package org.medseal.connectors.deidentify;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The last gate: searches a record for every value that identified somebody in its source. Values
 * compare in NFKC, without case and separators, in the text itself and in what it decodes to
 * (percent, entity, hexadecimal, Base64). Latin values under four letters and numbers under six
 * digits are not searched, Han names from two characters on (reference/deid.md).
 *
 * <p>Short Latin words (four or five letters) and short numbers (six or seven digits) must stand as
 * whole words, since inside others they mean nothing; everything longer is found anywhere.
 */
public final class ResidualScan {

  /**
   * One value of a record. A {@code published} value is a code of a public code system: places and
   * institutions are not searched in it ("laboratory" is also a code); numbers and whole names are.
   */
  public record Leaf(String path, String value, boolean published) {
    public Leaf(String path, String value) {
      this(path, value, false);
    }
  }

  /** Words of place names that are in every text. */
  private static final Set<String> SMALL_WORDS =
      Set.of("of", "the", "and", "or", "in", "on", "at", "by", "for", "with", "to", "iso");

  private static final int LONGEST_REMEMBERED = 256;
  private static final int MOST_REMEMBERED = 20_000;

  private final TermSet people;
  private final TermSet places;
  private final Set<String> words;

  private ResidualScan(TermSet people, TermSet places, Set<String> words) {
    this.people = people;
    this.places = places;
    this.words = words;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Whether any identity value of the source occurs in this text. */
  public boolean occursIn(String text) {
    for (String decoded : Decodings.of(text)) {
      SearchText search = SearchText.of(decoded);
      if (people.occursIn(search) || places.occursIn(search)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a whole word, or two in a row, is a word of two letters or more of any name or place of
   * the source: too strict for a gate, right for a text that nobody needs.
   */
  public boolean sharesWord(String text) {
    List<String> inOrder = SearchText.words(fold(text));
    for (int i = 0; i < inOrder.size(); i++) {
      boolean pair = i > 0 && words.contains(inOrder.get(i - 1) + inOrder.get(i));
      if (pair || words.contains(inOrder.get(i))) {
        return true;
      }
    }
    return SearchText.of(text).words().stream().anyMatch(words::contains);
  }

  /**
   * The same for a public code, in which places are not searched, and words only as the whole code:
   * "patient-privacy" names nobody called Patient.
   */
  public boolean occursInPublishedCode(String code) {
    return people.occursInCode(SearchText.of(code));
  }

  /** The path of the first value that still holds identity; what follows it is not asked for. */
  public Optional<String> find(Iterable<Leaf> record) {
    Set<String> clean = new HashSet<>();
    for (Leaf leaf : record) {
      if (holdsIdentity(leaf, clean)) {
        return Optional.of(leaf.path());
      }
    }
    return Optional.empty();
  }

  /** The paths of all values that still hold identity. */
  public List<String> findAll(Iterable<Leaf> record) {
    Set<String> clean = new HashSet<>();
    List<String> paths = new ArrayList<>();
    for (Leaf leaf : record) {
      if (holdsIdentity(leaf, clean)) {
        paths.add(leaf.path());
      }
    }
    return paths;
  }

  /** Remembers short values that are clean, since records repeat them; long ones seldom recur. */
  private boolean holdsIdentity(Leaf leaf, Set<String> clean) {
    String seen = (leaf.published() ? "p" : "t") + leaf.value();
    if (clean.contains(seen)) {
      return false;
    }
    boolean found = leaf.published() ? occursInPublishedCode(leaf.value()) : occursIn(leaf.value());
    if (!found && seen.length() <= LONGEST_REMEMBERED && clean.size() < MOST_REMEMBERED) {
      clean.add(seen);
    }
    return found;
  }

  /** Gathers the identity values of one source message. */
  public static final class Builder {
    private final Set<String> people = new LinkedHashSet<>();
    private final Set<String> places = new LinkedHashSet<>();

    private Builder() {}

    /** A person's name or a part of one: searched whole and by its words. */
    public Builder person(String name) {
      people.add(name);
      for (String part : SearchText.words(name)) {
        people.add(part);
      }
      return this;
    }

    /** A number of a person, an order or a visit. */
    public Builder id(String id) {
      people.add(id);
      return this;
    }

    /** A phone number or mail address, also without its country or trunk prefix. */
    public Builder phone(String phone) {
      people.add(phone);
      String digits = SearchText.digits(phone);
      if (digits.length() >= 10) {
        people.add(digits.substring(digits.length() - 9));
      }
      return this;
    }

    /** A street, town, institution, ward or host: searched whole only. */
    public Builder place(String place) {
      places.add(place);
      return this;
    }

    /** A date of birth as YYYYMMDD…, with or without separators; shorter ones are not searched. */
    public Builder birthDate(String date) {
      String digits = SearchText.digits(date);
      if (digits.length() >= 8) {
        people.add(digits.substring(0, 8));
      }
      return this;
    }

    public ResidualScan build() {
      Set<String> words = new HashSet<>();
      people.forEach(value -> addWords(value, Set.of(), words));
      places.forEach(value -> addWords(value, SMALL_WORDS, words));
      return new ResidualScan(TermSet.of(people), TermSet.of(places), words);
    }

    private static void addWords(String value, Set<String> except, Set<String> words) {
      for (String word : SearchText.words(fold(value))) {
        boolean letters = word.codePoints().allMatch(Character::isLetter);
        if (letters && word.codePointCount(0, word.length()) >= 2 && !except.contains(word)) {
          words.add(word);
        }
      }
    }
  }

  static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
