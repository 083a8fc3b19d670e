package org.medseal.pages.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.account.Account;
import org.medseal.users.Role;

/** The users' desk. */
final class UserPages {
  private static final String LIST = "admin/users";
  private static final String ONE = "admin/user";
  private static final String USER = "/users/{id}";

  List<Page> pages() {
    Audience admin = Audience.anyOf(Role.ADMIN);
    return List.of(
        Page.get("/users", admin, UserPages::list),
        Page.get(USER, admin, UserPages::show),
        Page.post(USER + "/approve", admin, page -> withRoles(page, "approve", "user-approved")),
        Page.post(USER + "/roles", admin, page -> withRoles(page, "roles", "roles-changed")),
        Page.post(USER + "/reject", admin, UserPages::reject),
        Page.post(USER + "/disable", admin, page -> plain(page, "disable", "user-disabled")),
        Page.post(USER + "/enable", admin, page -> plain(page, "enable", "user-enabled")),
        Page.post(
            USER + "/sessions/end", admin, page -> plain(page, "sessions/end", "sessions-ended")),
        Page.post(USER + "/recovery-code", admin, UserPages::recoveryCode));
  }

  private static PageAnswer list(PageContext page) {
    Accounts.Filter filter =
        new Accounts.Filter(page.query("state"), page.query("role"), page.query("q"));
    CallReply reply =
        page.calls()
            .get(
                CallTarget.of("/users")
                    .with("state", filter.state())
                    .with("role", filter.role())
                    .with("q", filter.words())
                    .with("after", page.query("after"))
                    .with("limit", "50"));
    return reply.ok()
        ? page.render(LIST, Accounts.of(reply.json(), filter))
        : page.refused(reply, LIST, Accounts.of(Body.NONE, filter));
  }

  private static PageAnswer show(PageContext page) {
    CallReply user = page.calls().get(USER, page.path("id"));
    return user.ok() ? page.render(ONE, model(page, user)) : page.problem(user);
  }

  private static OneAccount model(PageContext page, CallReply user) {
    CallReply sessions = page.calls().get(USER + "/sessions", page.path("id"));
    return new OneAccount(
        Account.of(user.json()),
        sessions.json().path("sessions").size(),
        user.json().path("askedAgain").asInt(),
        "",
        "");
  }

  private static PageAnswer withRoles(PageContext page, String verb, String done) {
    ObjectNode body = Body.object();
    ArrayNode roles = body.putArray("roles");
    page.fields("roles").forEach(roles::add);
    CallTarget target = CallTarget.of(USER + "/" + verb, page.path("id"));
    return after(page, page.calls().post(target, body), done);
  }

  private static PageAnswer plain(PageContext page, String verb, String done) {
    return after(page, page.calls().post(USER + "/" + verb, page.path("id")), done);
  }

  /** Nothing is left of a rejected one to show. */
  private static PageAnswer reject(PageContext page) {
    CallReply reply = page.calls().post(USER + "/reject", page.path("id"));
    return reply.ok() ? page.done("/users?state=PENDING", "user-rejected") : after(page, reply, "");
  }

  private static PageAnswer recoveryCode(PageContext page) {
    ObjectNode body = Body.object().put("removeTotp", page.field("removeTotp").equals("true"));
    CallReply code =
        page.calls().post(CallTarget.of(USER + "/recovery-code", page.path("id")), body);
    CallReply user = page.calls().get(USER, page.path("id"));
    if (!code.ok() || !user.ok()) {
      return after(page, code.ok() ? user : code, "");
    }
    JsonNode issued = code.json();
    return page.render(
        ONE,
        model(page, user)
            .withCode(issued.path("code").asText(), issued.path("expiresAt").asText()));
  }

  private static PageAnswer after(PageContext page, CallReply reply, String done) {
    if (reply.ok()) {
      return page.done("/users/" + page.path("id"), done);
    }
    CallReply user = page.calls().get(USER, page.path("id"));
    return user.ok() ? page.refused(reply, ONE, model(page, user)) : page.problem(user);
  }
}
