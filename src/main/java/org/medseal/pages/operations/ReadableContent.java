package org.medseal.pages.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Bytes of a message as lines to read: HL7 v2 a segment a line, JSON indented, all else as it
 * stands. What is no text, or longer than a page, has none.
 */
record ReadableContent(List<String> lines, String charset) {
  static final int LONGEST = 512 << 10;
  private static final ReadableContent NONE = new ReadableContent(List.of(), "");
  private static final JsonMapper MAPPER = new JsonMapper();

  /** In the order in which they are tried; the last one fits nearly everything. */
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"), StandardCharsets.ISO_8859_1);

  static ReadableContent of(byte[] content, String format) {
    if (content.length > LONGEST || format.equals("DICOM")) {
      return NONE;
    }
    for (Charset charset : CHARSETS) {
      Optional<String> text = decoded(charset, content);
      if (text.isPresent()) {
        return isText(text.get())
            ? new ReadableContent(laidOut(text.get(), format).lines().toList(), charset.name())
            : NONE;
      }
    }
    return NONE;
  }

  private static Optional<String> decoded(Charset charset, byte[] content) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isText(String text) {
    return text.chars().noneMatch(c -> c == 0);
  }

  private static String laidOut(String text, String format) {
    if (!format.equals("FHIR")) {
      return text.replace("\r\n", "\n").replace('\r', '\n');
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
