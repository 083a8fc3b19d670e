package org.medseal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.audit.AuditException.Reason;

/** Trail entries as a FHIR R4 Bundle of AuditEvent resources, newest first. */
public final class AuditEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CODES = "urn:medseal:audit-action";
  private static final String FACTS = "urn:medseal:audit-fact";
  private static final String TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type";

  private final AuditTrail trail;
  private final String institution;
  private final String url;

  /**
   * @param url of the page, to which paging parameters are added
   */
  public AuditEvents(AuditTrail trail, String institution, String url) {
    this.trail = trail;
    this.institution = institution;
    this.url = url;
  }

  /** One page as {@code application/fhir+json}; {@code before} 0 begins with the newest. */
  public byte[] bundle(long before, int count) {
    List<ChainedEntry> page = trail.page(before, count);
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle");
    bundle.put("type", "searchset");
    bundle.put("total", trail.size());
    ArrayNode links = bundle.putArray("link");
    link(links, "self", before, count);
    if (!page.isEmpty() && page.get(page.size() - 1).sequence() > 1) {
      link(links, "next", page.get(page.size() - 1).sequence(), count);
    }
    if (!page.isEmpty()) {
      ArrayNode entries = bundle.putArray("entry");
      page.forEach(entry -> add(entries, entry));
    }
    try {
      return JSON.writeValueAsBytes(bundle);
    } catch (JsonProcessingException e) {
      throw new AuditException(Reason.MALFORMED, "the trail cannot be shown", e);
    }
  }

  private void link(ArrayNode links, String relation, long before, int count) {
    links
        .addObject()
        .put("relation", relation)
        .put("url", url + "?_count=" + count + (before == 0 ? "" : "&before=" + before));
  }

  private void add(ArrayNode entries, ChainedEntry chained) {
    AuditEntry entry = chained.entry();
    boolean ok = entry.outcome().equals(AuditEntry.OK);
    ObjectNode holder = entries.addObject();
    holder.put("fullUrl", "urn:medseal:audit:" + institution + ":" + chained.sequence());
    ObjectNode event = holder.putObject("resource");
    event.put("resourceType", "AuditEvent");
    event.put("id", Long.toString(chained.sequence()));
    event.putObject("type").put("system", TYPES).put("code", "rest");
    event.putArray("subtype").addObject().put("system", CODES).put("code", entry.action().code());
    event.put("action", entry.action().kind().letter());
    event.put("recorded", chained.at().toString());
    event.put("outcome", ok ? "0" : "4");
    if (!ok) {
      event.put("outcomeDesc", entry.outcome());
    }
    ObjectNode agent = event.putArray("agent").addObject();
    agent.putObject("who").put("display", entry.actor().isEmpty() ? "anonymous" : entry.actor());
    agent.put("requestor", true);
    event.putObject("source").putObject("observer").put("display", institution);
    if (!entry.facts().isEmpty()) {
      ArrayNode details = event.putArray("entity").addObject().putArray("detail");
      entry
          .facts()
          .forEach(
              (name, value) ->
                  details.addObject().put("type", FACTS + ":" + name).put("valueString", value));
    }
    holder.putObject("search").put("mode", "match");
  }
}
