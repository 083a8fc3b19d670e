package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/** Several messages in one frame: each is stored, and one frame answers them all. */
class MllpBatchTest extends RouteCase {
  private static final String FHS = "FHS|^~\\&|LAB|NORD|MED|SEAL|20240101||||F77\r";
  private static final String BHS = "BHS|^~\\&|LAB|NORD|MED|SEAL|20240101||||B77\r";

  private static String message(int n) {
    return new String(adt("b" + n, "100" + n), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aBatchIsAnsweredByABatchInOneFrame() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      String batch = FHS + BHS + message(1) + message(2) + message(3) + "BTS|3\rFTS|1\r";
      String[] answer = hospital.mllp(bytes(batch)).split("\r");
      assertThat(answer[0]).matches("FHS\\|\\^~\\\\&\\|MED\\|SEAL\\|LAB\\|NORD\\|.*\\|F77");
      assertThat(answer[1]).matches("BHS\\|\\^~\\\\&\\|MED\\|SEAL\\|LAB\\|NORD\\|.*\\|B77");
      assertThat(answer).contains("MSA|AA|b1", "MSA|AA|b2", "MSA|AA|b3");
      assertThat(answer).endsWith("BTS|3", "FTS|1");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(3);
    }
  }

  @Test
  void messagesWithoutAnEnvelopeAreAnsweredOneAfterTheOther() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      String answer = hospital.mllp(bytes(message(1) + message(2)));
      assertThat(answer).startsWith("MSH|").contains("MSA|AA|b1\rMSH|", "MSA|AA|b2\r");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(2);
    }
  }

  @Test
  void aBatchThatCountsOthersThanCameIsShownAndItsMessagesStay() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      String answer = hospital.mllp(bytes(BHS + message(1) + message(2) + "BTS|5\r"));
      assertThat(answer).contains("MSA|AA|b1\r", "MSA|AA|b2\r").endsWith("BTS|2\r");
      assertThat(hospital.store.list(Optional.of(MessageState.QUARANTINED), 9, Optional.empty()))
          .extracting(MessageView::reason)
          .hasToString("[Optional[TRUNCATED]]");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(2);
    }
  }

  @Test
  void eachBatchOfAFileIsAnsweredInItsOwnEnvelope() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      String second = BHS.replace("B77", "B78");
      String file =
          FHS + BHS + message(1) + message(2) + "BTS|2\r" + second + message(3) + "BTS|1\rFTS|2\r";
      List<String> answer = List.of(hospital.mllp(bytes(file)).split("\r"));
      assertThat(answer.stream().map(line -> line.replaceAll("\\|.*\\|", "|")))
          .containsSubsequence("FHS|F77", "BHS|B77", "MSA|b1", "MSA|b2")
          .containsSubsequence("BHS|B78", "MSA|b3", "BTS|1", "FTS|2");
      assertThat(answer).containsSubsequence("MSA|AA|b2", "BTS|2", "MSA|AA|b3", "BTS|1", "FTS|2");
    }
  }

  private static String unanswered(int n) {
    return message(n).replaceFirst("(MSH[^\r]*)", "$1|||NE|NE");
  }

  @Test
  void onlyAnswersThatAreGivenAreCounted() throws Exception {
    assertThat(unanswered(2).split("\r", 2)[0].split("\\|", -1)).hasSize(16).endsWith("NE", "NE");
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      String batch = BHS + message(1) + unanswered(2) + message(3) + "BTS|3\r";
      assertThat(hospital.mllp(bytes(batch)))
          .contains("MSA|AA|b1", "MSA|AA|b3")
          .doesNotContain("|b2")
          .endsWith("BTS|2\r");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(3);
    }
  }

  @Test
  void aBatchThatAsksForNoAnswerGetsNoEnvelope() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM);
        java.net.Socket line = openLine(hospital)) {
      String batch = FHS + BHS + unanswered(1) + unanswered(2) + "BTS|2\rFTS|1\r";
      line.getOutputStream().write(Hospital.MllpBytes.framed(bytes(batch)));
      line.getOutputStream().write(Hospital.MllpBytes.framed(bytes(message(3))));
      assertThat(Hospital.MllpBytes.answer(line.getInputStream()))
          .startsWith("MSH|")
          .contains("MSA|AA|b3");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(3);
    }
  }

  @Test
  void aFrameOfTooManyMessagesIsRejectedAndKept() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/mllp.yaml");
      String flood = message(1) + "MSH|\r".repeat(10_000);
      assertThat(hospital.mllp(bytes(flood))).contains("MSA|AR|b1");
      assertThat(hospital.store.list(Optional.of(MessageState.QUARANTINED), 9, Optional.empty()))
          .extracting(MessageView::reason)
          .hasToString("[Optional[TOO_LARGE]]");
    }
  }

  @Test
  void whatFollowsABatchOnTheLineIsAnsweredByItself() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM);
        java.net.Socket line = openLine(hospital)) {
      line.getOutputStream().write(Hospital.MllpBytes.framed(bytes(message(1) + message(2))));
      line.getOutputStream().write(Hospital.MllpBytes.framed(bytes(message(3))));
      assertThat(Hospital.MllpBytes.answer(line.getInputStream())).contains("b1", "b2");
      assertThat(Hospital.MllpBytes.answer(line.getInputStream()))
          .contains("MSA|AA|b3")
          .doesNotContain("MSA|AA|b1");
    }
  }

  private static java.net.Socket openLine(Hospital hospital) throws Exception {
    hospital.start("feeds/mllp.yaml");
    java.net.Socket line =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), hospital.mllpPort());
    line.setSoTimeout(30_000);
    return line;
  }
}
