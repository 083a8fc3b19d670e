package org.medseal.connectors.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Characters that a data set may hold under some terms of (0008,0005), and how a sender writes
 * them.
 *
 * @param escape what a component begins with that needs it, empty without code extensions
 * @param charset of all characters, or of those above ASCII where there is an escape
 * @param returns true where ASCII needs its own escape afterwards
 */
record Repertoire(
    List<String> terms,
    Optional<String> escape,
    Charset charset,
    boolean returns,
    List<String> characters) {
  private static final String LATIN = "ABCXYZabcxyz0189 .-'";

  static List<Repertoire> all() {
    List<Repertoire> all = new ArrayList<>();
    all.add(whole("ISO_IR 192", StandardCharsets.UTF_8, "äßéЖжΩωאבقشกあ漢字한글😀𠮷"));
    all.add(whole("GB18030", Charset.forName("GB18030"), "王小东霁月砚秋镕㐀䶵é한😀𠮷"));
    all.add(whole("GBK", Charset.forName("GBK"), "王小东霁月砚秋镕膝关节丂亐"));
    all.add(half("ISO_IR 100", "ISO-8859-1"));
    all.add(half("ISO_IR 101", "ISO-8859-2"));
    all.add(half("ISO_IR 109", "ISO-8859-3"));
    all.add(half("ISO_IR 110", "ISO-8859-4"));
    all.add(half("ISO_IR 144", "ISO-8859-5"));
    all.add(half("ISO_IR 127", "ISO-8859-6"));
    all.add(half("ISO_IR 126", "ISO-8859-7"));
    all.add(half("ISO_IR 138", "ISO-8859-8"));
    all.add(half("ISO_IR 148", "ISO-8859-9"));
    all.add(half("ISO_IR 203", "ISO-8859-15"));
    all.add(half("ISO_IR 166", "TIS-620"));
    all.add(half("ISO_IR 13", "JIS_X0201"));
    all.add(extended("ISO 2022 IR 87", "$B", "x-JIS0208", true, "山田太郎やまだたろうヤマダ"));
    all.add(extended("ISO 2022 IR 159", "$(D", "JIS_X0212-1990", true, "丂丄仡俉"));
    all.add(extended("ISO 2022 IR 149", "$)C", "EUC-KR", false, "洪吉洞홍길동"));
    all.add(extended("ISO 2022 IR 58", "$)A", "GB2312", false, "张小东王霁月"));
    return all;
  }

  private static Repertoire whole(String term, Charset charset, String characters) {
    return new Repertoire(
        List.of(term), Optional.empty(), charset, false, split(LATIN + characters));
  }

  /** ASCII, and whatever the charset has from A1H up. */
  private static Repertoire half(String term, String name) {
    Charset charset = Charset.forName(name);
    StringBuilder upper = new StringBuilder(LATIN);
    for (int one = 0xA1; one <= 0xFF; one++) {
      String decoded = new String(new byte[] {(byte) one}, charset);
      upper.append(decoded.equals("\uFFFD") ? "" : decoded);
    }
    return new Repertoire(List.of(term), Optional.empty(), charset, false, split(upper.toString()));
  }

  private static Repertoire extended(
      String term, String escape, String name, boolean returns, String characters) {
    return new Repertoire(
        List.of("", term),
        Optional.of("\u001B" + escape),
        Charset.forName(name),
        returns,
        split(LATIN + characters));
  }

  private static List<String> split(String characters) {
    return characters.codePoints().mapToObj(Character::toString).toList();
  }

  String term() {
    return String.join("\\", terms);
  }

  /** One value, component or line: each begins in the first repertoire anew. */
  byte[] encoded(String text) {
    if (escape.isEmpty()) {
      return text.getBytes(charset);
    }
    byte[] to = escape.get().getBytes(StandardCharsets.US_ASCII);
    byte[] back = "\u001B(B".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean extended = false;
    for (String one : split(text)) {
      boolean ascii = one.charAt(0) < 0x80;
      if (!ascii && !extended) {
        out.writeBytes(to);
        extended = true;
      } else if (ascii && extended && returns) {
        out.writeBytes(back);
        extended = false;
      }
      out.writeBytes(one.getBytes(ascii ? StandardCharsets.US_ASCII : charset));
    }
    if (extended && returns) {
      out.writeBytes(back);
    }
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return term();
  }
}
