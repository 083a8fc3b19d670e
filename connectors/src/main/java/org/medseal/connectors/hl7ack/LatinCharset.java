package org.medseal.connectors.hl7ack;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/**
 * The two parts of ISO 8859 that HL7 table 0211 names and no JDK has: 10 (Nordic languages) and 14
 * (Celtic). As in all parts the first 160 characters are those of Unicode.
 */
final class LatinCharset extends Charset {
  static final Charset NORDIC =
      new LatinCharset(
          "ISO-8859-10",
          "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž\u2015ūŋ"
              + "ĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞß"
              + "āáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ");
  static final Charset CELTIC =
      new LatinCharset(
          "ISO-8859-14",
          "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡ"
              + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶß"
              + "àáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ");

  private static final int FIRST_OWN = 0xA0;

  private final String upper;

  private LatinCharset(String name, String upper) {
    super(name, new String[0]);
    this.upper = upper;
  }

  @Override
  public boolean contains(Charset other) {
    return other.name().equals("US-ASCII") || other.equals(this);
  }

  @Override
  public CharsetDecoder newDecoder() {
    return new CharsetDecoder(this, 1, 1) {
      @Override
      protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
        while (in.hasRemaining()) {
          if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          int code = in.get() & 0xFF;
          out.put(code < FIRST_OWN ? (char) code : upper.charAt(code - FIRST_OWN));
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  @Override
  public CharsetEncoder newEncoder() {
    return new CharsetEncoder(this, 1, 1) {
      @Override
      protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
        while (in.hasRemaining()) {
          char c = in.get(in.position());
          int code = c < FIRST_OWN ? c : FIRST_OWN + upper.indexOf(c);
          if (c >= FIRST_OWN && code < FIRST_OWN) {
            return Character.isSurrogate(c)
                ? CoderResult.malformedForLength(1)
                : CoderResult.unmappableForLength(1);
          }
          if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          in.get();
          out.put((byte) code);
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }
}
