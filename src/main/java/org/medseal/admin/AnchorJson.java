package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.medseal.anchoring.TrailReport;

/** How the trail stands against its anchors, as JSON; the newest anchors first. */
final class AnchorJson {
  private AnchorJson() {}

  static ObjectNode of(TrailReport report, int limit) {
    ObjectNode node = Json.object();
    node.put("holds", report.holds());
    report.sentence().ifPresent(each -> node.put("fault", each));
    node.putObject("head")
        .put("sequence", report.head().sequence())
        .put("hash", report.head().hash().hex());
    node.put("total", report.anchors().size());
    ArrayNode anchors = node.putArray("anchors");
    List<TrailReport.Anchor> all = report.anchors();
    for (int i = all.size() - 1; i >= Math.max(0, all.size() - limit); i--) {
      anchors.add(anchor(all.get(i)));
    }
    return node;
  }

  private static ObjectNode anchor(TrailReport.Anchor anchor) {
    return Json.object()
        .put("id", anchor.id().hex())
        .put("height", anchor.height())
        .put("at", Instant.ofEpochMilli(anchor.blockTimeMs()).toString())
        .put("sequence", anchor.sequence())
        .put("head", anchor.head().hex())
        .put("finding", anchor.finding().name());
  }
}
