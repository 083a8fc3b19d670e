package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;

/** Who may sign records: joining, and new epochs without those who may no longer. */
final class GroupPages {
  private static final String TEMPLATE = "clinical/group";

  List<Page> pages() {
    return List.of(
        Page.get("/traces/group", ClinicalPages.ADMIN, this::show),
        Page.post("/traces/group/join", ClinicalPages.ADMIN, this::join),
        Page.post("/traces/group/epochs", ClinicalPages.ADMIN, this::startEpoch));
  }

  private PageAnswer show(PageContext page) {
    CallReply group = page.calls().get("/group");
    return group.ok() ? page.render(TEMPLATE, model(page, group)) : page.problem(group);
  }

  private PageAnswer join(PageContext page) {
    CallReply reply = page.calls().post("/group/join");
    return reply.ok() ? page.done("/traces/group", "group-joined") : again(page, reply);
  }

  private PageAnswer startEpoch(PageContext page) {
    ObjectNode body = Body.object();
    ArrayNode revoke = body.putArray("revoke");
    page.fields("revoke").forEach(revoke::add);
    CallReply reply = page.calls().post(CallTarget.of("/group/epochs"), body);
    return reply.ok() ? page.done("/traces/group", "epoch-started") : again(page, reply);
  }

  private static PageAnswer again(PageContext page, CallReply refusal) {
    CallReply group = page.calls().get("/group");
    return group.ok() ? page.refused(refusal, TEMPLATE, model(page, group)) : page.problem(refusal);
  }

  private static Group model(PageContext page, CallReply group) {
    return Group.of(group.json(), page.calls().get("/me").json(), page.fields("revoke"));
  }
}
