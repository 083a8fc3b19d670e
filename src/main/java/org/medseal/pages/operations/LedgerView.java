package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.plot.Plot;

/** How the ledger stands, as the overview shows it. */
record LedgerView(
    Standing standing, Waiting waiting, List<Peer> peers, Storage storage, Lists lists) {

  /** Heights and numbers of this node. */
  record Standing(
      String chainId,
      String institution,
      long height,
      String blockTime,
      long secondsSinceBlock,
      long pending,
      long epoch,
      long members,
      boolean anonymous) {}

  /**
   * Why nothing is committed at this moment.
   *
   * @param cause code, for its text
   * @param sentence the node's own words, English
   * @param missing connected or not, whoever's vote is needed and not here
   */
  record Waiting(
      String cause,
      String sentence,
      String round,
      String step,
      Quorum quorum,
      List<String> missing,
      List<String> warnings) {
    String tone() {
      return switch (cause) {
        case "NOTHING_PENDING", "COLLECTING" -> "ok";
        case "PROPOSER", "VOTES", "VOTES_SPLIT", "SYNCING", "BLOCK_MISSING", "BUSY", "UNKNOWN" ->
            "warn";
        default -> "bad";
      };
    }
  }

  /** Stake. */
  record Quorum(long total, long needed, long heard) {}

  /** Another institution's node as seen from here. */
  record Peer(
      String institution,
      boolean connected,
      String height,
      long secondsSilent,
      long stake,
      boolean prevoted,
      boolean precommitted) {
    boolean hasSpoken() {
      return secondsSilent >= 0;
    }
  }

  /**
   * Disk.
   *
   * @param daysUntilFull empty if that cannot be told or nothing grows
   */
  record Storage(
      List<Part> parts, long total, long free, String growthPerDay, String daysUntilFull) {
    boolean isKnown() {
      return !parts.isEmpty();
    }
  }

  /** A folder of the home. */
  record Part(String folder, long bytes) {}

  /** What is drawn and listed below. */
  record Lists(Span span, List<Plot> plots, List<BlockRow> blocks) {}

  /** A block in a list. */
  record BlockRow(
      long height, String time, String proposer, String round, long transactions, long evidence) {
    static List<BlockRow> of(JsonNode blocks) {
      List<BlockRow> rows = new ArrayList<>();
      for (JsonNode each : blocks) {
        rows.add(
            new BlockRow(
                each.path("height").asLong(),
                each.path("time").asText(),
                each.path("proposerName").asText(each.path("proposer").asText()),
                each.path("round").asText(""),
                each.path("transactionCount").asLong(),
                each.path("evidence").asLong()));
      }
      return List.copyOf(rows);
    }
  }

  long connected() {
    return peers.stream().filter(Peer::connected).count();
  }

  static LedgerView of(JsonNode status, JsonNode consensus, Instant now, Lists lists) {
    Standing standing =
        new Standing(
            status.path("chainId").asText(),
            status.path("institution").asText(),
            status.path("height").asLong(),
            status.path("blockTime").asText(),
            seconds(status.path("blockTime").asText(), now),
            status.path("pending").asLong(),
            status.path("epoch").asLong(),
            status.path("membersInEpoch").asLong(),
            status.path("anonymous").asBoolean());
    List<Peer> peers = peers(consensus.path("peers"));
    return new LedgerView(
        standing, waiting(consensus, peers), peers, storage(status.path("disk")), lists);
  }

  private static long seconds(String since, Instant now) {
    return since.isEmpty()
        ? 0
        : Math.max(0, Duration.between(Instant.parse(since), now).toSeconds());
  }

  private static Waiting waiting(JsonNode consensus, List<Peer> peers) {
    JsonNode quorum = consensus.path("quorum");
    String cause = consensus.path("cause").asText("UNKNOWN");
    List<String> warnings = new ArrayList<>();
    consensus.path("warnings").forEach(each -> warnings.add(each.asText()));
    return new Waiting(
        cause,
        consensus.path("waitingFor").asText(),
        consensus.path("round").asText(),
        consensus.path("step").asText(),
        new Quorum(
            quorum.path("totalStake").asLong(),
            quorum.path("neededStake").asLong(),
            quorum.path("heardStake").asLong()),
        missing(cause, consensus.path("step").asText(), peers),
        List.copyOf(warnings));
  }

  /** Whom to call: who is not connected, or whose vote of the present step is not here. */
  private static List<String> missing(String cause, String step, List<Peer> peers) {
    return peers.stream()
        .filter(each -> each.stake() > 0)
        .filter(
            each ->
                switch (cause) {
                  case "NO_QUORUM_CONNECTED" -> !each.connected();
                  case "VOTES" -> step.equals("PREVOTE") ? !each.prevoted() : !each.precommitted();
                  default -> false;
                })
        .map(Peer::institution)
        .toList();
  }

  private static List<Peer> peers(JsonNode peers) {
    List<Peer> all = new ArrayList<>();
    for (JsonNode each : peers) {
      long height = each.path("height").asLong();
      long silentMs = each.path("lastSeenMs").asLong();
      all.add(
          new Peer(
              each.path("institution").asText(),
              each.path("connected").asBoolean(),
              height < 0 ? "–" : Long.toString(height),
              silentMs < 0 ? -1 : silentMs / 1000,
              each.path("stake").asLong(),
              each.path("prevoted").asBoolean(),
              each.path("precommitted").asBoolean()));
    }
    return List.copyOf(all);
  }

  private static Storage storage(JsonNode disk) {
    List<Part> parts = new ArrayList<>();
    disk.path("partsBytes")
        .properties()
        .forEach(each -> parts.add(new Part(each.getKey(), each.getValue().asLong())));
    return new Storage(
        List.copyOf(parts),
        disk.path("totalBytes").asLong(),
        disk.path("freeBytes").asLong(),
        disk.path("growthBytesPerDay").asText(""),
        disk.path("daysUntilFull").asText(""));
  }

  /** Bytes as people say them: three digits at most, powers of 1024. */
  static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    boolean whole = unit == 0 || value >= 99.95;
    return (whole
            ? Long.toString(Math.round(value))
            : Double.toString(Math.round(value * 10) / 10.0))
        + " "
        + units[unit];
  }
}
