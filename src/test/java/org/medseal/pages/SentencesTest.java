package org.medseal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the node says in English has a Chinese sentence. */
class SentencesTest {
  private static final Sentences CHINESE = Sentences.load(Language.ZH);
  private static final Pattern HAN = Pattern.compile("[\\u4e00-\\u9fff]{2}");
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");
  private static final Path SOURCE = Path.of("src/main/java/org/medseal");
  private static final Path ENGINE =
      Path.of("ledger-node/src/main/java/org/medseal/ledger/engine/embedded");

  /** Of either kind; see the sentences put together. */
  private static final String VOTES = "waiting for 7 of";

  private static final String ON_THE_COMMAND_LINE = "tracing/TraceJudging.java";

  private static final Pattern REFUSALS =
      Pattern.compile(
          "(?:new (?:User|Request|Trace|Group)Exception|new Problem|\\bweak"
              + "|Problem\\.(?:badRequest|conflict|notAllowed|notFound|tooMany)"
              + "|(?<![\\w.]|static ProblemException )(?:Exchange\\.)?refused)\\(");

  /** What no page shows: titles of problems, and the node's own faults. */
  private static final Set<String> UNSEEN =
      Set.of(
          "Not allowed",
          "Not available now",
          "Not logged in",
          "Not recovered",
          "Not found",
          "Not possible in this state",
          "Second factor needed",
          "The call is not well-formed",
          "The proof does not hold",
          "The record does not hold",
          "Too many calls",
          "A stored password hash is malformed.",
          "The users' store 7 cannot be opened.",
          "The users' store failed.",
          "The key store 7 could not be written.",
          "Second factors need the node's storage key, which is not here.",
          "This is no trace proof file of this version.");

  private static List<String> refusals() throws Exception {
    List<String> all = new ArrayList<>();
    for (String part : List.of("admin", "group", "requests", "tracing", "users")) {
      all.addAll(SpokenInSource.by(REFUSALS, SOURCE.resolve(part)));
    }
    all.removeAll(UNSEEN);
    all.removeAll(SpokenInSource.by(REFUSALS, SOURCE.resolve(ON_THE_COMMAND_LINE)));
    return all;
  }

  @Test
  void everyRefusalIsSaidInChinese() throws Exception {
    List<String> refusals = refusals();
    assertThat(refusals).hasSizeGreaterThan(100);
    assertThat(refusals).filteredOn(each -> !isSaid(each)).isEmpty();
  }

  @Test
  void everyFindingIsSaidInChinese() throws Exception {
    List<String> findings =
        SpokenInSource.by(
            Pattern.compile("Finding\\.(?:ok|warn|fail)\\("), SOURCE.resolve("doctor"));
    assertThat(findings).hasSizeGreaterThan(10);
    for (String each : findings) {
      assertThat(
              isSaid(
                  each.replace("7: keys", "the admin endpoint's certificate ends on 7: keys")
                      .replace("7, less", "5 of 9 MB free, less")
                      .replace("7: below", "the genesis names 7 institutions: below")))
          .as(each)
          .isTrue();
    }
  }

  @Test
  void everyReasonForWaitingIsSaidInChinese() throws Exception {
    List<String> reasons =
        SpokenInSource.by(Pattern.compile("(?<![\\w.])with\\(|warnings\\.add\\("), ENGINE);
    reasons.removeIf(each -> !each.contains(" ") || each.startsWith("7") || each.startsWith(VOTES));
    assertThat(reasons).hasSizeGreaterThan(5);
    assertThat(reasons).filteredOn(each -> !isSaid(each)).isEmpty();
  }

  /** As the engine and the watch put them together. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "waiting for the proposal of hospital-2 in round 3, which is not connected, was last heard 9"
            + " s ago",
        "waiting for the proposal of hospital-1 in round 0, this node",
        "waiting for prevotes of hospital-2, hospital-3 in round 1: 2 more of 4 stake needed",
        "precommits of round 2 are split; the next round follows",
        "the block of height 12 is decided, its body has not come yet",
        "signing nothing before block 7 is here, which peers have",
        "this node joined by a snapshot: blocks 1 to 90 are not here yet and are fetched in the"
            + " background",
        "the clock of this node is off: it is about 9 s ahead of the clocks of hospital-2",
        "the engine has been busy for more than 2000 ms",
        "the ledger node is not running",
        "the clock of this node is behind: it says 2026-01-01T00:00:00Z, the newest block here is of"
            + " 2026-02-01T00:00:00Z; this node decides nothing before its clock is right",
        "feed lab does not run; see medseal feeds",
        "feed lab has brought no message for 60 minutes",
        "feed lab: 12 of 20 messages of the last quarter of an hour are quarantined",
        "20000 messages wait for the ledger, of 20000 that may",
        "the disk is almost full: 12 of 9000 MB free",
        "the audit trail differs from what the ledger says of entry 9 at height 8; entries were"
            + " deleted or replaced",
        "the audit trail is shorter than the ledger says: entries up to 9 existed at height 8;"
            + " entries were deleted or replaced",
        "approved by 3 of 4 stake",
        "1 of 4 stake approved in time",
        "hospital-3 takes in no chunks of others: the rest of its disk is reserved",
        "it speaks version 4 between nodes and this node version 3: no blocks are exchanged before both"
            + " run the same version of MedSeal (docs/operations.md \"Nodes of another version\")"
      })
  void sentencesPutTogetherAreSaidInChinese(String english) {
    assertThat(CHINESE.say(english)).get().asString().matches(said -> HAN.matcher(said).find());
  }

  @Test
  void whatStandsInASentenceIsSaidOverInTurnAndNamesStay() {
    assertThat(
            CHINESE.say(
                "no quorum is connected: hospital-2 (1 stake) is not connected, has never been"
                    + " heard, hospital-3 (1 stake) was last heard 5 s ago; 2 more of 4 stake"
                    + " needed"))
        .contains("在线权益不足：hospital-2（权益 1）未连接、从未收到消息、hospital-3（权益 1）最近一次消息在 5 s 前；还需 2（共 4）权益");
    assertThat(
            CHINESE.say(
                "hospital-2 is refused: it judges by ledger rules 2 and this node by rules 1: no blocks"
                    + " are exchanged before both run the same version of MedSeal"
                    + " (docs/operations.md \"Nodes of another version\")"))
        .contains(
            "拒绝与 hospital-2 连接：对方按账本规则第 2 号判定，本节点按第 1 号：双方运行同一版本的 MedSeal"
                + " 之前不交换区块(docs/operations.md \"Nodes of another version\")");
    assertThat(CHINESE.say("There is no record $1\\2 {0}.")).contains("没有病历 $1\\2 {0}。");
  }

  @Test
  void whatNobodyKnowsStaysAsItIsAndEnglishNeedsNothing() {
    assertThat(CHINESE.say("Connection refused by 10.0.0.1")).isEmpty();
    assertThat(CHINESE.say("")).isEmpty();
    assertThat(CHINESE.say("There is no record " + "x".repeat(5_000) + ".")).isEmpty();
    assertThat(Sentences.load(Language.EN).say("There is no such user.")).isEmpty();
  }

  @Test
  void eachLineSaysAllItsValuesInChinese() throws Exception {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                SentencesTest.class.getResourceAsStream("/texts/sentences_zh.tsv"),
                StandardCharsets.UTF_8))) {
      List<String> lines = in.lines().toList();
      assertThat(lines).hasSizeGreaterThan(150);
      assertThat(lines).extracting(line -> line.split("\t", -1)[0]).doesNotHaveDuplicates();
      for (String line : lines) {
        String[] both = line.split("\t", -1);
        assertThat(places(both[1])).as(line).isEqualTo(places(both[0]));
        assertThat(HAN.matcher(both[1]).find()).as(line).isTrue();
      }
    }
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    PLACE.matcher(text).results().forEach(each -> places.add(each.group()));
    return places;
  }

  @Test
  void aSentenceWithoutAChineseOneWouldBeSeen() {
    Pattern call = Pattern.compile("Problem\\.notFound\\(");
    assertThat(
            SpokenInSource.in(
                "x(Problem.notFound(\"No \" + a(\"b, c\") + \" here, \\\"so\")); y", call))
        .containsExactly("No 7 here, \\\"so");
    assertThat(isSaid("No 7 here")).isFalse();
  }

  private static boolean isSaid(String english) {
    return CHINESE.say(english).filter(said -> HAN.matcher(said).find()).isPresent();
  }
}
