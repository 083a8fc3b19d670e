package org.medseal.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Changes of XML by its tags and attribute values, without reading it as a tree. */
final class TextChanges {
  private static final int DEEPEST = 2_000;
  private static final String[] PIECES = {
    "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;\">]>",
    "&a;",
    "&#0;",
    "&#x10FFFF;",
    "<![CDATA[x]]>",
    "<!-- -- -->",
    "<?pi?>",
    "<id value=\"\"/>",
    "<extension url=\"\"/>",
    "</Patient>",
    "<contained>",
    "xmlns:a=\"b\"",
    "value=\"2026-02-30\"",
    "\u0000",
    "\uFFFE"
  };

  private TextChanges() {}

  static byte[] xml(byte[] seed, byte[] other, Random random) {
    StringBuilder text = new StringBuilder(new String(seed, StandardCharsets.UTF_8));
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      change(text, new String(other, StandardCharsets.UTF_8), random);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? ByteChanges.change(bytes, other, random) : bytes;
  }

  private static void change(StringBuilder text, String other, Random random) {
    int from = tag(text, random);
    int to = Math.max(from, tag(text, random));
    switch (random.nextInt(6)) {
      case 0 -> text.delete(from, Math.min(to, from + 2_000));
      case 1 -> text.insert(from, text.substring(from, Math.min(to, from + 2_000)));
      case 2 -> text.insert(from, PIECES[random.nextInt(PIECES.length)]);
      case 3 ->
          text.insert(
              from,
              "<extension url=\"u\">"
                  .repeat(random.nextInt(40) == 0 ? random.nextInt(DEEPEST) : 2));
      case 4 -> {
        int at = tag(other, random);
        text.insert(from, other, at, Math.min(other.length(), at + random.nextInt(400)));
      }
      default -> {
        int at = random.nextInt(text.length() + 1);
        text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      }
    }
  }

  private static int tag(CharSequence text, Random random) {
    int at = text.length() == 0 ? 0 : random.nextInt(text.length());
    while (at < text.length() && text.charAt(at) != '<') {
      at++;
    }
    return at;
  }
}
