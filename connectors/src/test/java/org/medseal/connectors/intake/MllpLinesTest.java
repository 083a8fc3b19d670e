package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/** Several lines, and several messages on one. */
class MllpLinesTest extends RouteCase {
  private static final int LINES = 100;

  @Test
  void everyOfAHundredLinesGetsTheAnswersToItsOwnMessagesInOrder() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      List<Socket> lines = new ArrayList<>();
      try {
        for (int i = 0; i < LINES; i++) {
          lines.add(open(hospital));
        }
        for (int i = 0; i < LINES; i++) {
          lines.get(i).getOutputStream().write(pipelined(i));
        }
        for (int i = 0; i < LINES; i++) {
          for (int n = 0; n < 3; n++) {
            String answer = Hospital.MllpBytes.answer(lines.get(i).getInputStream());
            assertThat(answer).contains("MSA|AA|L" + i + "-" + n + "\r");
          }
        }
      } finally {
        for (Socket line : lines) {
          line.close();
        }
      }
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(3L * LINES);
    }
  }

  @Test
  void theSameControlIdOnTwoLinesIsShownAsAConflictAndBothAreAcknowledged() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      try (Socket one = open(hospital);
          Socket other = open(hospital)) {
        one.getOutputStream().write(Hospital.MllpBytes.framed(adt("same", "1")));
        other.getOutputStream().write(Hospital.MllpBytes.framed(adt("same", "2")));
        assertThat(Hospital.MllpBytes.answer(one.getInputStream())).contains("MSA|AA|same");
        assertThat(Hospital.MllpBytes.answer(other.getInputStream())).contains("MSA|AA|same");
      }
      assertThat(hospital.store.list(Optional.empty(), 10, Optional.empty()))
          .extracting(MessageView::conflict)
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void anUndeclaredMessageIsReadInTheFeedsCharacterSet() throws Exception {
    Charset gb = Charset.forName("GB18030");
    LineSettings chinese = new LineSettings(Optional.of(gb), Optional.empty());
    try (Hospital hospital = new Hospital(home, ROOM, Map.of("mllp", chinese))) {
      hospital.start("feeds/mllp.yaml");
      // The second byte of these characters is 0x7C, the field separator.
      String adt = String.format(ADT, "c9", "1").replace("|HIS|", "|俼東堿|");
      String answer = hospital.mllp(adt.getBytes(gb));
      assertThat(answer).contains("\rMSA|AA|c9\r");
      assertThat(new String(answer.getBytes(StandardCharsets.ISO_8859_1), gb)).contains("|俼東堿|");
    }
  }

  private static Socket open(Hospital hospital) throws IOException {
    Socket line = new Socket(InetAddress.getLoopbackAddress(), hospital.mllpPort());
    line.setSoTimeout(30_000);
    return line;
  }

  private static byte[] pipelined(int line) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (int n = 0; n < 3; n++) {
      String patient = String.valueOf(1000 * line + n);
      out.writeBytes(Hospital.MllpBytes.framed(adt("L" + line + "-" + n, patient)));
    }
    return out.toByteArray();
  }
}
