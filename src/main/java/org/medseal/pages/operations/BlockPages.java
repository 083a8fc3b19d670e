package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.PageProblem;

/** Blocks, transactions and the proofs that they are on the ledger. */
final class BlockPages {
  private static final String BLOCKS = "/ledger/blocks";
  private static final String TRANSACTIONS = "/ledger/transactions";
  private static final int PAGE = 25;

  /**
   * A page of the list.
   *
   * @param before height above which the next page ends; empty on the last one
   */
  record BlockList(List<LedgerView.BlockRow> blocks, String before) {}

  List<Page> pages() {
    Audience all = Audience.signedIn();
    return List.of(
        Page.get(BLOCKS, all, this::list),
        Page.get(BLOCKS + "/{h}", all, this::block),
        Page.get("/ledger/find", all, this::find),
        Page.get(TRANSACTIONS + "/{txId}", all, this::transaction),
        Page.get(TRANSACTIONS + "/{txId}/proof", all, this::proof));
  }

  private PageAnswer list(PageContext page) {
    CallReply found =
        page.calls()
            .get(
                CallTarget.of(BLOCKS)
                    .with("limit", Integer.toString(PAGE))
                    .with("before", page.query("before")));
    if (!found.ok()) {
      return page.problem(found);
    }
    List<LedgerView.BlockRow> rows = LedgerView.BlockRow.of(found.json().path("blocks"));
    long lowest = rows.isEmpty() ? 1 : rows.get(rows.size() - 1).height();
    return page.render(
        "operations/blocks", new BlockList(rows, lowest > 1 ? Long.toString(lowest) : ""));
  }

  private PageAnswer block(PageContext page) {
    CallReply found = page.calls().get(BLOCKS + "/{h}", page.path("h"));
    if (!found.ok()) {
      return page.problem(found);
    }
    JsonNode block = found.json();
    boolean newest =
        page.calls().get("/ledger/status").json().path("height").asLong()
            <= block.path("height").asLong();
    return page.render("operations/block", BlockView.of(block, number(page.query("from")), newest));
  }

  /** 0 for what is no index. */
  private static int number(String text) {
    return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
  }

  /** A height or an id, as pasted. */
  private PageAnswer find(PageContext page) {
    String wanted = page.query("q").toLowerCase(Locale.ROOT);
    if (wanted.matches("[0-9]{1,18}")) {
      return PageAnswer.seeOther(BLOCKS + "/" + wanted);
    }
    return wanted.matches("[0-9a-f]{64}")
        ? PageAnswer.seeOther(TRANSACTIONS + "/" + wanted)
        : page.problem(new PageProblem(400, "ledger-find", ""));
  }

  private PageAnswer transaction(PageContext page) {
    CallReply found = page.calls().get(TRANSACTIONS + "/{txId}", page.path("txId"));
    return found.ok()
        ? page.render("operations/transaction", TransactionView.of(found.json()))
        : page.problem(found);
  }

  private PageAnswer proof(PageContext page) {
    CallReply proof =
        page.calls()
            .get(
                CallTarget.of("/ledger/proofs/{txId}", page.path("txId"))
                    .with("checkpoint", page.query("checkpoint")));
    return proof.ok()
        ? PageAnswer.download(
            proof.mediaType(),
            "medseal-proof-" + page.path("txId").substring(0, 16) + ".json",
            new ByteArrayInputStream(proof.body()))
        : page.problem(proof);
  }
}
