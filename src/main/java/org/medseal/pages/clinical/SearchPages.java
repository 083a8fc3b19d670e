package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.clinical.Search.Entered;

/** Finding a patient's records. Identifiers travel in forms only: never in an address. */
final class SearchPages {
  private static final String TEMPLATE = "clinical/search";

  List<Page> pages() {
    return List.of(
        Page.get("/search", ClinicalPages.PEOPLE, this::show),
        Page.post("/search", ClinicalPages.PEOPLE, this::find),
        Page.post("/search/verify", ClinicalPages.PEOPLE, this::verify));
  }

  private PageAnswer show(PageContext page) {
    CallReply reply = page.calls().get("/authorities");
    return reply.ok() ? page.render(TEMPLATE, form(reply, Entered.NOTHING)) : page.problem(reply);
  }

  private PageAnswer find(PageContext page) {
    CallReply authorities = page.calls().get("/authorities");
    if (!authorities.ok()) {
      return page.problem(authorities);
    }
    Entered entered = entered(page);
    CallReply reply =
        page.calls()
            .get(
                CallTarget.of("/records")
                    .with("authority", entered.authority())
                    .with("type", entered.type())
                    .with("id", entered.id()));
    Search form = form(authorities, entered);
    if (!reply.ok()) {
      return page.refused(reply, TEMPLATE, form);
    }
    Search.Found found = Search.Found.of(reply.json(), entered);
    return page.render(
        TEMPLATE, new Search(form.authorities(), entered, Optional.of(found), Optional.empty()));
  }

  private PageAnswer verify(PageContext page) {
    CallReply authorities = page.calls().get("/authorities");
    if (!authorities.ok()) {
      return page.problem(authorities);
    }
    Entered entered = entered(page);
    Search form = form(authorities, entered);
    ObjectNode body = Body.object();
    body.put("authority", entered.authority()).put("id", entered.id());
    if (!entered.type().isEmpty()) {
      body.put("type", entered.type());
    }
    CallReply reply =
        page.calls().post(CallTarget.of("/records/{txId}/verify", entered.txId()), body);
    if (!reply.ok()) {
      return page.refused(reply, TEMPLATE, form);
    }
    boolean belongs = reply.json().path("belongs").asBoolean();
    return page.render(
        TEMPLATE,
        new Search(
            form.authorities(),
            entered,
            Optional.empty(),
            Optional.of(new Search.Verdict(entered.txId(), belongs))));
  }

  private static Entered entered(PageContext page) {
    return new Entered(
        page.field("authority").strip(),
        page.field("type").strip().toUpperCase(Locale.ROOT),
        page.field("id").strip(),
        page.field("format"),
        page.field("from").strip(),
        page.field("txId").strip().toLowerCase(Locale.ROOT));
  }

  private static Search form(CallReply authorities, Entered entered) {
    return new Search(choices(authorities), entered, Optional.empty(), Optional.empty());
  }

  static List<Search.Authority> choices(CallReply authorities) {
    List<Search.Authority> choices = new ArrayList<>();
    for (JsonNode each : authorities.json().path("authorities")) {
      List<String> types = new ArrayList<>();
      each.path("types").forEach(type -> types.add(type.asText()));
      choices.add(
          new Search.Authority(
              each.path("authority").asText(),
              each.path("name").asText(),
              each.path("national").asBoolean(),
              types));
    }
    return choices;
  }
}
