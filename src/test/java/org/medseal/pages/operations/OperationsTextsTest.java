package org.medseal.pages.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.DiscardReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.api.StakeAccount;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.model.Action;
import org.medseal.pages.Language;
import org.medseal.pages.Texts;
import org.medseal.watch.Alert;

/** Codes that the node may come to know have words on the pages, in both languages. */
class OperationsTextsTest {
  @Test
  void everyCodeHasWords() {
    List<String> keys = new ArrayList<>();
    add(keys, "reason", QuarantineReason.values());
    add(keys, "reason.what", QuarantineReason.values());
    add(keys, "discard", DiscardReason.values());
    add(keys, "messages.state", MessageState.values());
    add(keys, "cause", EngineStatus.Cause.values());
    add(keys, "cause.what", EngineStatus.Cause.values());
    add(keys, "stakes.state", StakeAccount.State.values());
    add(keys, "governance.state", GovernanceCase.State.values());
    Arrays.stream(Alert.Kind.values()).forEach(each -> keys.add("alert." + each.code()));
    Arrays.stream(Action.class.getPermittedSubclasses())
        .forEach(each -> keys.add("kind." + each.getSimpleName()));
    assertThat(keys).hasSizeGreaterThan(80);
    for (Language language : Language.values()) {
      Texts texts = Texts.load(language);
      assertThat(keys).filteredOn(key -> !texts.has(key)).as(language.code()).isEmpty();
    }
  }

  private static void add(List<String> keys, String prefix, Enum<?>[] codes) {
    Arrays.stream(codes).forEach(each -> keys.add(prefix + "." + each.name()));
  }

  @Test
  void theEnglishPageSaysWhatTheCallSaysToDo() {
    Texts texts = Texts.load(Language.EN);
    for (QuarantineReason each : QuarantineReason.values()) {
      assertThat(texts.of("reason.what." + each.name())).isEqualTo(each.sentence());
    }
  }

  @Test
  void everyStateCanBeChosen() {
    assertThat(MessageFilter.STATES)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(MessageState.values()).map(Enum::name).toList());
  }
}
