package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;

/** Validators, stake and the competition. */
final class ValidatorPages {
  private final InstantSource clock;

  ValidatorPages(InstantSource clock) {
    this.clock = clock;
  }

  List<Page> pages() {
    return List.of(Page.get("/ledger/validators", Audience.signedIn(), this::show));
  }

  /** A height that is none shows the newest turns, and says so. */
  private PageAnswer show(PageContext page) {
    String height = page.query("height");
    CallReply asked = page.calls().get(CallTarget.of("/ledger/validators").with("height", height));
    CallReply shown = asked.ok() ? asked : page.calls().get("/ledger/validators");
    CallReply stakes = page.calls().get("/ledger/stakes");
    CallReply status = page.calls().get("/ledger/status");
    for (CallReply each : List.of(shown, stakes, status)) {
      if (!each.ok()) {
        return page.problem(each);
      }
    }
    ValidatorsView view = view(page, shown.json(), stakes.json(), status.json());
    return asked.ok()
        ? page.render("operations/validators", view)
        : page.refused(asked, "operations/validators", view);
  }

  private ValidatorsView view(
      PageContext page, JsonNode validators, JsonNode stakes, JsonNode status) {
    List<ValidatorsView.Turn> turns = new ArrayList<>();
    validators.path("turns").forEach(each -> turns.add(ValidatorsView.Turn.of(each)));
    List<ValidatorsView.Account> accounts = new ArrayList<>();
    stakes.path("stakes").forEach(each -> accounts.add(ValidatorsView.Account.of(each)));
    return new ValidatorsView(
        new Plots(page.view(), Span.HOUR, clock.instant()).stake(validators.path("validators")),
        turns,
        page.query("height"),
        accounts,
        new ValidatorsView.Group(
            status.path("epoch").asLong(),
            status.path("membersInEpoch").asLong(),
            status.path("anonymous").asBoolean()),
        ValidatorsView.Rules.of(stakes.path("rules")));
  }
}
