package org.medseal.connectors.dicomnet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hospital IT has to know of a server's associations, once a minute for each kind. Titles are
 * devices' names, but anybody may send anything: of those only what a title may hold is shown.
 */
final class ScpLog {
  private static final Logger LOG = LoggerFactory.getLogger(StoreScp.class);
  private static final long QUIET_NS = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_KINDS = 1_000;
  private static final Map<String, Long> LAST_NS = new ConcurrentHashMap<>();

  private ScpLog() {}

  static void rejected(AssociateRequest request, Pdu.Reject reject) {
    String titles = shown(request.callingAe()) + " to " + shown(request.calledAe());
    if (isDue("rejected " + titles + reject)) {
      LOG.warn(
          "an association from {} is rejected (result {}, source {}, reason {} of PS3.8 table 9-21)",
          titles,
          reject.result(),
          reject.source(),
          reject.reason());
    }
  }

  static void ended(Association association, AssociationException.Reason reason) {
    String calling = shown(association.terms().callingAe());
    if (isDue("ended " + calling + reason)) {
      LOG.warn("an association from {} ended early ({})", calling, reason);
    }
  }

  static void notStored(Association association, StoreStatus status, String kind) {
    String calling = shown(association.terms().callingAe());
    if (isDue("status " + calling + status + kind)) {
      LOG.warn("objects from {} are not stored ({}, {})", calling, status, kind);
    }
  }

  private static boolean isDue(String kind) {
    if (LAST_NS.size() >= MAX_KINDS) {
      LAST_NS.clear();
    }
    long now = System.nanoTime();
    Long before = LAST_NS.put(kind, now);
    return before == null || now - before >= QUIET_NS;
  }

  private static String shown(String title) {
    return title.replaceAll("[^A-Za-z0-9_.-]", "?");
  }
}
