package org.medseal.pages.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;

/** Setting up a second factor, and taking it away. */
final class SecondFactorPages {
  private static final String SET_UP = "account/totp";

  List<Page> pages() {
    Audience own = Audience.signedIn();
    return List.of(
        Page.post("/me/totp", own, SecondFactorPages::setUp),
        Page.post("/me/totp/confirm", own, SecondFactorPages::confirm),
        Page.post("/me/totp/remove", own, SecondFactorPages::remove));
  }

  private static PageAnswer setUp(PageContext page) {
    CallReply reply =
        page.calls()
            .post(CallTarget.of("/me/totp"), Body.object().put("password", page.field("password")));
    if (!reply.ok()) {
      return ProfilePages.again(page, reply.problem().orElseThrow());
    }
    JsonNode factor = reply.json();
    return page.render(
        SET_UP, SecondFactor.of(factor.path("secret").asText(), factor.path("uri").asText()));
  }

  private static PageAnswer confirm(PageContext page) {
    CallReply reply =
        page.calls()
            .post(
                CallTarget.of("/me/totp/confirm"),
                Body.object().put("totp", page.field("totp").replace(" ", "")));
    if (!reply.ok() && !SecondFactor.isAddress(page.field("uri"))) {
      return ProfilePages.again(page, reply.problem().orElseThrow());
    }
    if (!reply.ok()) {
      return page.refused(reply, SET_UP, SecondFactor.of(page.field("secret"), page.field("uri")));
    }
    List<String> codes = new ArrayList<>();
    reply.json().path("recoveryCodes").forEach(code -> codes.add(code.asText()));
    return page.render("account/spare-codes", new SpareCodes(List.copyOf(codes)));
  }

  private static PageAnswer remove(PageContext page) {
    CallReply reply =
        page.calls()
            .delete(
                CallTarget.of("/me/totp"), Body.object().put("password", page.field("password")));
    return reply
        .problem()
        .map(problem -> ProfilePages.again(page, problem))
        .orElseGet(() -> page.done("/me", "totp-removed"));
  }
}
