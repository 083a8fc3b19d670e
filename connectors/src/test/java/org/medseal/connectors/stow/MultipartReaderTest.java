package org.medseal.connectors.stow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
  private static final String BOUNDARY = "b=1 x";

  private static byte[] body(List<byte[]> parts, String boundary) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(ascii("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"));
      out.writeBytes(part);
      out.writeBytes(ascii("\r\n"));
    }
    out.writeBytes(ascii("--" + boundary + "--\r\n"));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Gives at most so many bytes at once, as a network does. */
  private static InputStream inPieces(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, most));
      }
    };
  }

  private static List<byte[]> read(InputStream in, String boundary) throws IOException {
    MultipartReader reader = new MultipartReader(in, boundary);
    List<byte[]> parts = new ArrayList<>();
    for (Optional<MultipartReader.Part> part = reader.next();
        part.isPresent();
        part = reader.next()) {
      parts.add(part.get().body().readAllBytes());
    }
    return parts;
  }

  @Test
  void partsComeOutAsTheyWentInHoweverTheyArrive() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      List<byte[]> parts = new ArrayList<>();
      for (int part = random.nextInt(4); part >= 0; part--) {
        byte[] bytes = new byte[random.nextInt(round % 10 == 0 ? 200_000 : 300)];
        random.nextBytes(bytes);
        // Beginnings of a delimiter, and things that only look like one.
        int at = 0;
        for (String lure : List.of("\r\n--b=1", "\r\n--b=1 xy", "\r\n--b=1 x-z", "\r\n--", "\r")) {
          if (bytes.length > 200) {
            byte[] text = ascii(lure);
            System.arraycopy(text, 0, bytes, at + random.nextInt(10), text.length);
            at += 30;
          }
        }
        parts.add(bytes);
      }
      byte[] body = body(parts, BOUNDARY);
      List<byte[]> found = read(inPieces(body, 1 + random.nextInt(5000)), BOUNDARY);
      assertThat(found).usingElementComparator(Arrays::compare).isEqualTo(parts);
    }
  }

  @Test
  void aBodyCutAnywhereNeverGivesACutPart() {
    List<byte[]> parts = List.of(ascii("first\r\n--b=1 part"), ascii(""), ascii("third"));
    byte[] whole = body(parts, BOUNDARY);
    for (int length = 0; length < whole.length - 2; length++) {
      MultipartReader reader =
          new MultipartReader(inPieces(Arrays.copyOf(whole, length), 7), BOUNDARY);
      List<byte[]> found = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (Optional<MultipartReader.Part> part = reader.next();
                    part.isPresent();
                    part = reader.next()) {
                  found.add(part.get().body().readAllBytes());
                }
              })
          .as("cut at " + length)
          .isInstanceOf(StowException.class);
      assertThat(found)
          .usingElementComparator(Arrays::compare)
          .isEqualTo(parts.subList(0, found.size()));
    }
  }

  @Test
  void randomBytesEndInPartsOrInAStowException() {
    Random random = new Random(6);
    byte[] whole = body(List.of(ascii("one"), ascii("two")), "b");
    for (int round = 0; round < 50_000; round++) {
      byte[] changed = whole.clone();
      for (int change = random.nextInt(5); change > 0; change--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(read(inPieces(changed, 1 + random.nextInt(9)), "b")).hasSizeLessThan(4);
      } catch (IOException e) {
        assertThat(e).isInstanceOf(StowException.class);
      }
    }
  }

  @Test
  void aPreambleAnEpilogueAndMissingHeadersAreAllowed() throws IOException {
    String body = "preamble\r\n--b \t\r\n\r\nA\r\n--b\r\nX: y\r\n\r\nB\r\n--b--\r\nepilogue";
    assertThat(read(new ByteArrayInputStream(ascii(body)), "b"))
        .usingElementComparator(Arrays::compare)
        .isEqualTo(List.of(ascii("A"), ascii("B")));
  }

  @Test
  void endlessHeadersAndPartsAreRefused() {
    String header = "--b\r\nX: " + "y".repeat(9000) + "\r\n\r\nA\r\n--b--";
    assertThatThrownBy(() -> read(new ByteArrayInputStream(ascii(header)), "b"))
        .isInstanceOf(StowException.class)
        .hasMessageContaining("headers");
    String many = "--b\r\n\r\n\r\n".repeat(MultipartReader.MOST_PARTS + 1) + "--b--";
    assertThatThrownBy(() -> read(new ByteArrayInputStream(ascii(many)), "b"))
        .isInstanceOf(StowException.class)
        .hasMessageContaining("parts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/related; type=\"application/dicom\"; boundary=abc | application/dicom | abc",
        "Multipart/Related;Type=application/dicom;Boundary=\"a b:c\" | application/dicom | a b:c",
        "multipart/related; boundary=\"a\\\"b\"; type=x | x | a\"b",
        "multipart/related ; boundary=a;; boundary=z; type=t | t | a"
      })
  void parametersAreReadWithAndWithoutQuotes(String text, String type, String boundary) {
    MediaType media = MediaType.parse(text).orElseThrow();
    assertThat(media.name()).isEqualTo("multipart/related");
    assertThat(media.parameter("type")).contains(type);
    assertThat(media.parameter("boundary")).contains(boundary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "multipart", "a/b; x", "a/b; x=\"y", "a/b; =y", "a/b c=d"})
  void whatIsNoMediaTypeIsNone(String text) {
    assertThat(MediaType.parse(text)).isEmpty();
  }

  @Test
  void boundariesAreThoseOfTheStandard() {
    assertThat(MultipartReader.isBoundary("a'()+_,-./:=? z")).isTrue();
    assertThat(MultipartReader.isBoundary("ends ")).isFalse();
    assertThat(MultipartReader.isBoundary("")).isFalse();
    assertThat(MultipartReader.isBoundary("x".repeat(71))).isFalse();
    assertThat(MultipartReader.isBoundary("line\r\nbreak")).isFalse();
  }
}
