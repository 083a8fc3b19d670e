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
import org.medseal.users.Role;

/** The own profile, password, sessions, and the keys a role brings. */
final class ProfilePages {
  private static final String PATH = "/me";
  private static final String TEMPLATE = "account/me";

  List<Page> pages() {
    Audience own = Audience.signedIn();
    Audience admin = Audience.anyOf(Role.ADMIN);
    return List.of(
        Page.get(PATH, own, ProfilePages::show),
        Page.post("/me/profile", own, ProfilePages::changeProfile),
        Page.post("/me/password", own, ProfilePages::changePassword),
        Page.post("/me/sessions/{id}/end", own, ProfilePages::endSession),
        Page.post("/me/keys/unlock", admin, ProfilePages::unlock),
        Page.post("/me/keys/rebind", admin, ProfilePages::rebind));
  }

  private static PageAnswer show(PageContext page) {
    CallReply me = page.calls().get("/me");
    CallReply sessions = page.calls().get("/me/sessions");
    return me.ok() ? page.render(TEMPLATE, Me.of(me.json(), sessions.json())) : page.problem(me);
  }

  private static PageAnswer changeProfile(PageContext page) {
    ObjectNode body =
        Body.object()
            .put("displayName", page.field("displayName").strip())
            .put("email", page.field("email").strip())
            .put("licenceNumber", page.field("licenceNumber").strip());
    if (!page.field("password").isEmpty()) {
      body.put("password", page.field("password"));
    }
    return after(page, page.calls().put(CallTarget.of(PATH), body), "profile-changed");
  }

  private static PageAnswer changePassword(PageContext page) {
    if (!page.field("newPassword").equals(page.field("again"))) {
      return again(page, new PageProblem(400, "passwords-differ", ""));
    }
    ObjectNode body =
        Body.object()
            .put("oldPassword", page.field("oldPassword"))
            .put("newPassword", page.field("newPassword"));
    return after(page, page.calls().post(CallTarget.of("/me/password"), body), "password-changed");
  }

  private static PageAnswer endSession(PageContext page) {
    CallTarget session = CallTarget.of("/me/sessions/{id}", page.path("id"));
    return after(page, page.calls().delete(session, Body.NONE), "session-ended");
  }

  private static PageAnswer unlock(PageContext page) {
    ObjectNode body = Body.object().put("passphrase", page.field("passphrase"));
    return after(page, page.calls().post(CallTarget.of("/me/keys/unlock"), body), "keys-unlocked");
  }

  private static PageAnswer rebind(PageContext page) {
    ObjectNode body =
        Body.object()
            .put("passphrase", page.field("passphrase"))
            .put("password", page.field("password"));
    return after(page, page.calls().post(CallTarget.of("/me/keys/rebind"), body), "keys-rebound");
  }

  private static PageAnswer after(PageContext page, CallReply reply, String done) {
    return reply
        .problem()
        .map(problem -> again(page, problem))
        .orElseGet(() -> page.done(PATH, done));
  }

  /** The page as it stands, with the refusal at its top. */
  static PageAnswer again(PageContext page, PageProblem problem) {
    CallReply me = page.calls().get("/me");
    return me.ok()
        ? page.refused(problem, TEMPLATE, Me.of(me.json(), page.calls().get("/me/sessions").json()))
        : page.problem(me);
  }
}
