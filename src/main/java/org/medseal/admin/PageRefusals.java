package org.medseal.admin;

import java.util.Map;
import org.medseal.audit.AuditAction;
import org.medseal.pages.Page;
import org.medseal.pages.PageProblem;
import org.medseal.pages.site.Site;

/** What pages refuse before any call, in the audit trail: by whom, which page, and why. */
final class PageRefusals implements Site.Refusals {
  private static final Exchange.Inputs NOTHING =
      new Exchange.Inputs(Map.of(), Map.of(), "", new byte[0]);

  private final CallRunner runner;

  PageRefusals(CallRunner runner) {
    this.runner = runner;
  }

  @Override
  public void refused(Page page, String token, PageProblem problem) {
    ProblemException refusal =
        new ProblemException(
            new Problem(problem.status(), problem.name(), "Not allowed", problem.detail()));
    Call asked =
        new Call(
            page.method(),
            page.path(),
            Access.everybody(),
            AuditAction.CALL,
            exchange -> {
              exchange.note("page", page.path());
              throw refusal;
            });
    Answer answer = runner.run(asked, CallRunner.Caller.ofPage(token, false), NOTHING);
    if (answer.status() != problem.status()) {
      throw new IllegalStateException("a page's refusal could not be written down");
    }
  }
}
