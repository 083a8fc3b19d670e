package org.medseal.pages.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.LocalPath;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.Preferences;
import org.medseal.pages.SessionCookie;

/** In and out, and what a browser remembers of its visitor. */
final class SignInPages {
  private static final String TEMPLATE = "account/sign-in";

  List<Page> pages() {
    Audience everybody = Audience.everybody();
    return List.of(
        Page.get("/sign-in", everybody, this::show),
        Page.post("/sign-in", everybody, this::signIn),
        Page.post("/sign-out", Audience.signedIn(), this::signOut),
        Page.post("/preferences", everybody, this::prefer));
  }

  private PageAnswer show(PageContext page) {
    String next = LocalPath.orHome(page.query("next"));
    return page.user().isPresent()
        ? PageAnswer.seeOther(next)
        : page.render(TEMPLATE, new SignIn("", next, false));
  }

  /** The session there was ends first, whoever's it is: a login never continues one. */
  private PageAnswer signIn(PageContext page) {
    String next = LocalPath.orHome(page.field("next"));
    if (page.user().isPresent()) {
      page.calls().post("/auth/logout");
    }
    String login = page.field("login").strip();
    ObjectNode body = Body.object().put("login", login).put("password", page.field("password"));
    if (!page.field("totp").isBlank()) {
      body.put("totp", page.field("totp").strip());
    }
    CallReply reply = page.calls().post(CallTarget.of("/auth/login"), body);
    if (!reply.ok()) {
      boolean asksTotp = reply.problem().orElseThrow().name().equals("totp-needed");
      return page.refused(reply, TEMPLATE, new SignIn(login, next, asksTotp));
    }
    return PageAnswer.seeOther(next)
        .cookie(SessionCookie.of(reply.json().path("token").textValue()));
  }

  private PageAnswer signOut(PageContext page) {
    page.calls().post("/auth/logout");
    return PageAnswer.seeOther("/sign-in?done=signed-out").cookie(SessionCookie.none());
  }

  private PageAnswer prefer(PageContext page) {
    PageAnswer back = PageAnswer.seeOther(LocalPath.orHome(page.field("next")));
    return Preferences.kept(back, page.field("language"), page.field("theme"));
  }
}
