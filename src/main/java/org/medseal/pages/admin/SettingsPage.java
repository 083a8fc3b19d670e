package org.medseal.pages.admin;

import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/** What the node finds when it looks at its own home. */
final class SettingsPage {
  List<Page> pages() {
    return List.of(
        Page.get("/settings", Audience.anyOf(Role.ADMIN, Role.OPERATOR), SettingsPage::show));
  }

  private static PageAnswer show(PageContext page) {
    CallReply reply = page.calls().get("/settings");
    return reply.ok()
        ? page.render("admin/settings", Examined.of(reply.json()))
        : page.problem(reply);
  }
}
