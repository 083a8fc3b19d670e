package org.medseal.pages.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.PageProblem;

/** For those without a way in yet: asking for an account, and a forgotten password. */
final class DoorPages {
  private static final String SIGN_UP = "account/sign-up";
  private static final String RECOVER = "account/recover";
  private static final PageProblem DIFFERENT = new PageProblem(400, "passwords-differ", "");

  List<Page> pages() {
    Audience everybody = Audience.everybody();
    return List.of(
        Page.get("/sign-up", everybody, page -> page.render(SIGN_UP, new SignUp("", "", "", ""))),
        Page.post("/sign-up", everybody, DoorPages::signUp),
        Page.get(
            "/recover", everybody, page -> page.render(RECOVER, new Recovery(page.query("code")))),
        Page.post("/recover", everybody, DoorPages::askRecovery),
        Page.post("/recover/confirm", everybody, DoorPages::recover));
  }

  private static PageAnswer signUp(PageContext page) {
    SignUp typed =
        new SignUp(
            page.field("login").strip(),
            page.field("displayName").strip(),
            page.field("email").strip(),
            page.field("licenceNumber").strip());
    if (!page.field("password").equals(page.field("again"))) {
      return page.refused(DIFFERENT, SIGN_UP, typed);
    }
    ObjectNode body =
        Body.object()
            .put("login", typed.login())
            .put("password", page.field("password"))
            .put("displayName", typed.displayName())
            .put("email", typed.email())
            .put("licenceNumber", typed.licenceNumber());
    CallReply reply = page.calls().post(CallTarget.of("/auth/register"), body);
    return reply.ok() ? page.done("/sign-in", "registered") : page.refused(reply, SIGN_UP, typed);
  }

  /** Says the same whether there is such a login or not. */
  private static PageAnswer askRecovery(PageContext page) {
    ObjectNode body = Body.object().put("login", page.field("login").strip());
    CallReply reply = page.calls().post(CallTarget.of("/auth/recover"), body);
    return reply.ok()
        ? page.done("/recover", "recovery-asked")
        : page.refused(reply, RECOVER, new Recovery(""));
  }

  private static PageAnswer recover(PageContext page) {
    String code = page.field("code").strip();
    if (!page.field("password").equals(page.field("again"))) {
      return page.refused(DIFFERENT, RECOVER, new Recovery(code));
    }
    ObjectNode body = Body.object().put("code", code).put("newPassword", page.field("password"));
    CallReply reply = page.calls().post(CallTarget.of("/auth/recover/confirm"), body);
    return reply.ok()
        ? page.done("/sign-in", "recovered")
        : page.refused(reply, RECOVER, new Recovery(code));
  }
}
