package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.medseal.ledger.api.BlobStatus;
import org.medseal.ledger.api.DiskUse;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.EngineStatus.Quorum;

/** What the engine and the disk say of themselves, as JSON. */
final class StatusJson {
  private StatusJson() {}

  static ObjectNode consensus(EngineStatus engine) {
    ObjectNode node = Json.object();
    node.put("height", engine.height());
    node.put("round", engine.round());
    node.put("step", engine.step());
    node.put("cause", engine.waiting().cause().name());
    node.put("waitingFor", engine.waitingFor());
    ArrayNode warnings = node.putArray("warnings");
    engine.waiting().warnings().forEach(warnings::add);
    node.put("pending", engine.pending());
    Quorum quorum = engine.waiting().quorum();
    node.putObject("quorum")
        .put("totalStake", quorum.total())
        .put("neededStake", quorum.needed())
        .put("heardStake", quorum.heard())
        .put("prevotedStake", quorum.prevoted())
        .put("precommittedStake", quorum.precommitted());
    ArrayNode peers = node.putArray("peers");
    engine.peers().forEach(peer -> peers.add(peer(peer)));
    return node;
  }

  private static ObjectNode peer(EngineStatus.Peer peer) {
    ObjectNode node = Json.object();
    if (!peer.refused().isEmpty()) {
      node.put("refused", peer.refused());
    }
    return node.put("institution", peer.institution())
        .put("connected", peer.connected())
        .put("height", peer.height())
        .put("round", peer.round())
        .put("step", peer.step())
        .put("lastSeenMs", peer.lastSeenMs())
        .put("stake", peer.standing().stake())
        .put("prevoted", peer.standing().prevoted())
        .put("precommitted", peer.standing().precommitted());
  }

  static ObjectNode disk(DiskUse disk) {
    ObjectNode node = Json.object();
    ObjectNode parts = node.putObject("partsBytes");
    disk.parts().forEach(parts::put);
    node.put("totalBytes", disk.total());
    node.put("freeBytes", disk.free());
    disk.forecast()
        .ifPresent(
            forecast -> {
              node.put("growthBytesPerDay", forecast.bytesPerDay());
              node.put("overDays", forecast.overDays());
              if (forecast.daysUntilFull() < Long.MAX_VALUE) {
                node.put("daysUntilFull", forecast.daysUntilFull());
              }
            });
    return node;
  }

  static ObjectNode blobs(BlobStatus status) {
    ObjectNode node = Json.object();
    node.put("kept", status.kept());
    node.put("keptBytes", status.room().keptBytes());
    node.put("quotaBytes", status.room().quotaBytes());
    node.put("diskFreeBytes", status.room().diskFreeBytes());
    node.put("diskReserveBytes", status.room().diskReserveBytes());
    node.put("missing", status.missing());
    node.put("incoming", status.incoming());
    node.put("outgoing", status.outgoing());
    node.put("relayed", status.relayed());
    node.put("damaged", status.damaged());
    node.put("repaired", status.repaired());
    ArrayNode challenged = node.putArray("challenged");
    status
        .challenged()
        .forEach(
            each ->
                challenged
                    .addObject()
                    .put("institution", each.institution())
                    .put("asked", each.asked())
                    .put("answered", each.answered()));
    return node;
  }
}
