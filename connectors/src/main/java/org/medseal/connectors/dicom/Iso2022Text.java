package org.medseal.connectors.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Text that may change repertoire by escape sequences (PS3.3 table C.12-3 and C.12-4, PS3.5 section
 * 6.1.2.5). Each value, name component and line starts anew in the first repertoire, escape or not.
 */
final class Iso2022Text {
  /** What bytes from 80H up mean. */
  enum Half {
    NONE(null, false),
    LATIN_1("ISO-8859-1", false),
    LATIN_2("ISO-8859-2", false),
    LATIN_3("ISO-8859-3", false),
    LATIN_4("ISO-8859-4", false),
    CYRILLIC("ISO-8859-5", false),
    ARABIC("ISO-8859-6", false),
    GREEK("ISO-8859-7", false),
    HEBREW("ISO-8859-8", false),
    LATIN_5("ISO-8859-9", false),
    LATIN_9("ISO-8859-15", false),
    THAI("TIS-620", false),
    KATAKANA("JIS_X0201", false),
    KOREAN("EUC-KR", true),
    CHINESE("GB2312", true);

    private final Optional<Charset> charset;
    private final boolean twoBytes;

    Half(String name, boolean twoBytes) {
      this.charset = Optional.ofNullable(name).map(Charset::forName);
      this.twoBytes = twoBytes;
    }
  }

  private enum Lower {
    ASCII,
    JIS_X0208,
    JIS_X0212
  }

  private static final Map<String, Half> BY_TERM =
      Map.ofEntries(
          Map.entry("", Half.NONE),
          Map.entry("ISO_IR 6", Half.NONE),
          Map.entry("ISO_IR 100", Half.LATIN_1),
          Map.entry("ISO_IR 101", Half.LATIN_2),
          Map.entry("ISO_IR 109", Half.LATIN_3),
          Map.entry("ISO_IR 110", Half.LATIN_4),
          Map.entry("ISO_IR 144", Half.CYRILLIC),
          Map.entry("ISO_IR 127", Half.ARABIC),
          Map.entry("ISO_IR 126", Half.GREEK),
          Map.entry("ISO_IR 138", Half.HEBREW),
          Map.entry("ISO_IR 148", Half.LATIN_5),
          Map.entry("ISO_IR 203", Half.LATIN_9),
          Map.entry("ISO_IR 166", Half.THAI),
          Map.entry("ISO_IR 13", Half.KATAKANA),
          Map.entry("ISO_IR 87", Half.NONE),
          Map.entry("ISO_IR 159", Half.NONE),
          Map.entry("ISO_IR 149", Half.KOREAN),
          Map.entry("ISO_IR 58", Half.CHINESE));

  private static final Map<String, Half> UPPER_ESCAPES =
      Map.ofEntries(
          Map.entry("-A", Half.LATIN_1),
          Map.entry("-B", Half.LATIN_2),
          Map.entry("-C", Half.LATIN_3),
          Map.entry("-D", Half.LATIN_4),
          Map.entry("-L", Half.CYRILLIC),
          Map.entry("-G", Half.ARABIC),
          Map.entry("-F", Half.GREEK),
          Map.entry("-H", Half.HEBREW),
          Map.entry("-M", Half.LATIN_5),
          Map.entry("-b", Half.LATIN_9),
          Map.entry("-T", Half.THAI),
          Map.entry(")I", Half.KATAKANA),
          Map.entry("$)C", Half.KOREAN),
          Map.entry("$)A", Half.CHINESE));

  private static final Map<String, Lower> LOWER_ESCAPES =
      Map.of("(B", Lower.ASCII, "(J", Lower.ASCII, "$B", Lower.JIS_X0208, "$(D", Lower.JIS_X0212);

  private static final Charset EUC_JP = Charset.forName("EUC-JP");
  private static final byte ESCAPE = 0x1B;

  private final byte[] bytes;
  private final Vr vr;
  private final Half first;
  private final StringBuilder text = new StringBuilder();
  private Half upper;
  private Lower lower = Lower.ASCII;
  private int next;

  private Iso2022Text(byte[] bytes, Vr vr, Half first) {
    this.bytes = bytes;
    this.vr = vr;
    this.first = first;
    this.upper = first;
  }

  /** The half that a term of (0008,0005), spelled {@code ISO_IR n}, starts with. */
  static Optional<Half> halfOf(String term) {
    return Optional.ofNullable(BY_TERM.get(term));
  }

  static String decode(byte[] bytes, Vr vr, Half first) {
    Iso2022Text decoder = new Iso2022Text(bytes, vr, first);
    while (decoder.next < bytes.length) {
      decoder.step();
    }
    return decoder.text.toString();
  }

  private void step() {
    byte one = bytes[next];
    if (one == ESCAPE && readEscape()) {
      return;
    }
    if (one < 0) {
      readUpper();
    } else if (lower != Lower.ASCII && one > 0x20 && next + 1 < bytes.length) {
      readJapanese(one, bytes[next + 1]);
    } else {
      text.append((char) one);
      next++;
      if (resets(one)) {
        upper = first;
        lower = Lower.ASCII;
      }
    }
  }

  private boolean resets(byte one) {
    boolean line = one == '\n' || one == '\r' || one == '\f' || one == '\t';
    return line
        || (one == '\\' && vr.isMultiValued())
        || (vr == Vr.PN && (one == '^' || one == '='));
  }

  private void readUpper() {
    Optional<Charset> charset = upper.charset;
    if (charset.isEmpty() || (upper.twoBytes && next + 1 >= bytes.length)) {
      text.append('\uFFFD');
      next++;
      return;
    }
    int length = upper.twoBytes ? 2 : 1;
    text.append(new String(bytes, next, length, charset.get()));
    next += length;
  }

  private void readJapanese(byte one, byte two) {
    byte high = (byte) (one | 0x80);
    byte low = (byte) (two | 0x80);
    byte[] extended =
        lower == Lower.JIS_X0208 ? new byte[] {high, low} : new byte[] {(byte) 0x8F, high, low};
    text.append(new String(extended, EUC_JP));
    next += 2;
  }

  private boolean readEscape() {
    for (int length = 2; length <= 3 && next + length < bytes.length; length++) {
      String sequence = new String(bytes, next + 1, length, StandardCharsets.ISO_8859_1);
      if (UPPER_ESCAPES.containsKey(sequence)) {
        upper = UPPER_ESCAPES.get(sequence);
      } else if (LOWER_ESCAPES.containsKey(sequence)) {
        lower = LOWER_ESCAPES.get(sequence);
      } else {
        continue;
      }
      next += 1 + length;
      return true;
    }
    return false;
  }
}
