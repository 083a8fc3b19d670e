package org.medseal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

  /** One page of all there is. */
  public byte[] bundle(long before, int count) {
    return bundle(AuditQuery.ALL, before, count);
  }

  /** One page as {@code application/fhir+json}; {@code before} 0 begins with the newest. */
  public byte[] bundle(AuditQuery query, long before, int count) {
    AuditTrail.Found page = trail.page(query, before, count);
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle");
    bundle.put("type", "searchset");
    bundle.put("total", trail.count(query));
    ArrayNode links = bundle.putArray("link");
    link(links, "self", query, before, count);
    if (page.next()) {
      link(links, "next", query, page.entries().get(count - 1).sequence(), count);
    }
    if (!page.entries().isEmpty()) {
      ArrayNode entries = bundle.putArray("entry");
      page.entries().forEach(entry -> entries.add(match(entry)));
    }
    return bytes(bundle);
  }

  /**
   * All of a period as one Bundle of type collection, oldest first, made while it is read: what is
   * recorded meanwhile is not in it.
   */
  public InputStream export(AuditQuery query) {
    return new ExportStream(trail, query, this::exported);
  }

  private byte[] exported(ChainedEntry entry) {
    return bytes(holder(entry));
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new AuditException(Reason.MALFORMED, "the trail cannot be shown", e);
    }
  }

  private void link(ArrayNode links, String relation, AuditQuery query, long before, int count) {
    StringBuilder parameters = new StringBuilder("?_count=" + count);
    if (before != 0) {
      parameters.append("&before=").append(before);
    }
    query.action().ifPresent(each -> add(parameters, "action", each.code()));
    query.agent().ifPresent(each -> add(parameters, "agent", each));
    query.period().since().ifPresent(each -> add(parameters, "since", each.toString()));
    query.period().until().ifPresent(each -> add(parameters, "until", each.toString()));
    query.outcome().ifPresent(each -> add(parameters, "outcome", each));
    query.entity().ifPresent(each -> add(parameters, "entity", each));
    links.addObject().put("relation", relation).put("url", url + parameters);
  }

  private static void add(StringBuilder parameters, String name, String value) {
    parameters
        .append('&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private ObjectNode match(ChainedEntry chained) {
    ObjectNode holder = holder(chained);
    holder.putObject("search").put("mode", "match");
    return holder;
  }

  /** R4 has no code for what is yet to be done, and does not ask for one. */
  private static void outcome(ObjectNode event, String outcome) {
    boolean ok = outcome.equals(AuditEntry.OK);
    if (!outcome.equals(AuditEntry.INTENDED)) {
      event.put("outcome", ok ? "0" : "4");
    }
    if (!ok) {
      event.put("outcomeDesc", outcome);
    }
  }

  private ObjectNode holder(ChainedEntry chained) {
    AuditEntry entry = chained.entry();
    ObjectNode holder = JSON.createObjectNode();
    holder.put("fullUrl", "urn:medseal:audit:" + institution + ":" + chained.sequence());
    ObjectNode event = holder.putObject("resource");
    event.put("resourceType", "AuditEvent");
    event.put("id", Long.toString(chained.sequence()));
    event.putObject("type").put("system", TYPES).put("code", "rest");
    event.putArray("subtype").addObject().put("system", CODES).put("code", entry.action().code());
    event.put("action", entry.action().kind().letter());
    event.put("recorded", chained.at().toString());
    outcome(event, entry.outcome());
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
    return holder;
  }
}
