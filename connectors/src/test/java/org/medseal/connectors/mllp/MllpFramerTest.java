package org.medseal.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MllpFramerTest {
  private static final String M1 = "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||7\r";
  private static final String M2 = "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|2|P|2.5\nPID|1||8\r\n";
  private final MllpFramer framer = new MllpFramer(1 << 16);

  @Test
  void severalMessagesInOneSegmentAreSeveralFrames() {
    assertThat(messages(framer.feed(bytes(frame(M1) + frame(M2) + frame(M1)))))
        .containsExactly(M1, M2, M1);
  }

  @Test
  void nulsAndLineEndsBetweenFramesAreFiller() {
    String stream = "\0\0" + frame(M1) + "\0\r\n\n" + frame(M2) + "\r\n";
    assertThat(messages(framer.feed(bytes(stream)))).containsExactly(M1, M2);
  }

  @Test
  void aFrameWithoutTheLastCarriageReturnEnds() {
    assertThat(messages(framer.feed(bytes("\u000b" + M1 + "\u001c")))).containsExactly(M1);
    assertThat(messages(framer.feed(bytes("\u000b" + M2 + "\u001c\u000b" + M1 + "\u001c\r"))))
        .containsExactly(M2, M1);
  }

  private static final String LONG = M1 + "NTE|1|L|".repeat(20) + "\r";

  @Property(tries = 200)
  void cutsAnywhereChangeNothing(
      @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 400) Integer> cuts) {
    byte[] stream = bytes(frame(M1) + "\r\n" + frame(M2) + frame(LONG));
    MllpFramer whole = new MllpFramer(1 << 16);
    List<MllpFrame> frames = new ArrayList<>();
    int from = 0;
    List<Integer> sorted = new ArrayList<>(cuts);
    sorted.add(stream.length);
    sorted.sort(null);
    for (int cut : sorted) {
      int to = Math.min(cut, stream.length);
      frames.addAll(whole.feed(Arrays.copyOfRange(stream, from, to)));
      from = to;
    }
    assertThat(messages(frames)).containsExactly(M1, M2, LONG);
  }

  @Test
  void bytesAreKeptAsTheyCame() {
    byte[] content = "MSH|^~\\&|x".getBytes(StandardCharsets.US_ASCII);
    byte[] odd = Arrays.copyOf(content, content.length + 4);
    odd[content.length] = (byte) 0xFF;
    odd[content.length + 1] = 0;
    odd[content.length + 2] = 0x0B;
    odd[content.length + 3] = (byte) 0x81;
    byte[] stream = new byte[odd.length + 3];
    stream[0] = MllpFramer.START;
    System.arraycopy(odd, 0, stream, 1, odd.length);
    stream[odd.length + 1] = MllpFramer.END;
    stream[odd.length + 2] = MllpFramer.CR;
    assertThat(framer.feed(stream)).singleElement().extracting(MllpFrame::raw).isEqualTo(odd);
  }

  @Test
  void anOversizeFrameIsReportedOnceAndTheRestIgnored() {
    MllpFramer small = new MllpFramer(100);
    List<MllpFrame> frames = new ArrayList<>(small.feed(bytes("\u000b" + M1 + "x".repeat(100))));
    frames.addAll(small.feed(bytes("y".repeat(1000) + "\u001c\r" + frame(M1))));
    assertThat(frames)
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.problem()).contains(MllpDefect.OVERSIZE);
              assertThat(f.head().orElseThrow().controlId()).contains("1");
            });
  }

  @Test
  void aFrameOfExactlyTheLimitPasses() {
    MllpFramer small = new MllpFramer(M1.length());
    assertThat(messages(small.feed(bytes(frame(M1))))).containsExactly(M1);
  }

  @Test
  void garbageIsReportedAtOnce() {
    assertThat(framer.feed(bytes("GET / HTTP/1.1\r\n")))
        .singleElement()
        .extracting(MllpFrame::problem)
        .isEqualTo(Optional.of(MllpDefect.GARBAGE));
  }

  @Test
  void aMessageWhoseEndWasLostIsToldApartFromTheNext() {
    List<MllpFrame> frames = framer.feed(bytes("\u000bMSH|^~\\&|cut off" + frame(M2)));
    assertThat(frames.get(0).problem()).contains(MllpDefect.TRUNCATED);
    assertThat(messages(frames.subList(1, 2))).containsExactly(M2);
  }

  @Test
  void aFrameWithoutMshHasNoHead() {
    assertThat(framer.feed(bytes(frame("PID|1||7\r"))))
        .singleElement()
        .extracting(MllpFrame::problem)
        .isEqualTo(Optional.of(MllpDefect.NO_HEAD));
  }

  @Test
  void aFrameOfTooManyMessagesIsKeptWhole() {
    MllpFramer large = new MllpFramer(16 << 20);
    for (String part : List.of("MSH|\r", "\u000bMSH|", "BHS|^~\\&\rMSH|\rBTS|1\r")) {
      String content = part.repeat(BatchFrame.MAX_PARTS + 1);
      assertThat(large.feed(bytes(frame(content))))
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.problem()).contains(MllpDefect.TOO_MANY);
                assertThat(f.raw()).isEqualTo(bytes(content));
              });
    }
  }

  @Test
  void asManyMessagesAsAFrameMayHoldAreParts() {
    MllpFramer large = new MllpFramer(16 << 20);
    assertThat(large.feed(bytes(frame(M1.repeat(BatchFrame.MAX_PARTS)))))
        .hasSize(BatchFrame.MAX_PARTS)
        .allSatisfy(f -> assertThat(f.problem()).isEmpty());
  }

  private static String frame(String message) {
    return "\u000b" + message + "\u001c\r";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> messages(List<MllpFrame> frames) {
    assertThat(frames).allSatisfy(f -> assertThat(f.problem()).isEmpty());
    return frames.stream().map(f -> new String(f.raw(), StandardCharsets.ISO_8859_1)).toList();
  }
}
