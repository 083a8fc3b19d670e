package org.medseal.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.LedgerRules;

/** A home that a MedSeal of another version wrote. */
class HomeFormatTest {
  private static final String OWN = "1";
  private static final String[] ALL = {
    "", "inbox", "outbox", "ledger", "patients", "audit", "people", "blobs"
  };

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void found() throws IOException {
    home = new Home(folder.resolve("home"));
    home.create();
    Files.writeString(home.genesisFile(), "");
    Files.writeString(home.nodeKeys(), "");
    for (Path journal :
        new Path[] {
          home.inbox(),
          home.outbox(),
          home.ledger().resolve("segments"),
          home.patients(),
          home.audit(),
          home.blobs().resolve("catalog")
        }) {
      try (Journal used = Journal.open(journal, JournalOptions.defaults())) {
        used.append(1, new byte[1]);
      }
    }
    Files.write(home.people().resolve("people.mv.db"), new byte[1]);
  }

  private Path format(String store) {
    return home.root().resolve(store).resolve(StoreFormat.FILE);
  }

  @Test
  void ofThisVersionIsOpened() {
    assertThatCode(home::requireInitialised).doesNotThrowAnyException();
    assertThatCode(home::create).doesNotThrowAnyException();
    for (String store : ALL) {
      assertThat(format(store)).hasContent(OWN);
    }
  }

  @Test
  void aFoundingCutShortAfterTheNumbersCanBeRepeated() {
    Home cut = new Home(folder.resolve("cut"));
    cut.create();
    assertThat(cut.isNew()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, found or join anew",
    "inbox, 2, found or join anew",
    "outbox, 0, found or join anew",
    "ledger, 7, move ledger and index away",
    "ledger, seven, move ledger and index away",
    "patients, 2, the MedSeal that wrote it",
    "audit, 2, the MedSeal that wrote it",
    "people, 0, the MedSeal that wrote it",
    "blobs, 2, the MedSeal that wrote it"
  })
  void ofAnotherVersionIsRefusedInOneSentenceThatSaysWhatToDo(
      String store, String number, String remedy) throws IOException {
    Files.writeString(format(store), number + "\n");
    String found = number.equals("seven") ? "unknown" : number;
    assertThatThrownBy(home::requireInitialised)
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(HomeException.Reason.FORMAT))
        .hasMessageStartingWith(
            home.root().resolve(store).normalize() + " is written in format " + found)
        .hasMessageContaining("reads format " + OWN + " only")
        .hasMessageContaining(remedy)
        .hasMessageNotContaining("\n");
    assertThatThrownBy(home::create).isInstanceOf(HomeException.class);
    assertThat(format(store)).hasContent(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "inbox", "outbox", "ledger"})
  void aStoreInUseWithoutANumberIsOfAnEarlierVersion(String store) throws IOException {
    Files.delete(format(store));
    assertThatThrownBy(home::requireInitialised).hasMessageContaining("format 0");
    assertThatThrownBy(home::create).hasMessageContaining("format 0");
    assertThat(format(store)).doesNotExist();
  }

  /** As homes were before these four had numbers of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"patients", "audit", "people", "blobs"})
  void aStoreForWhichTheHomesNumberStoodIsOpenedAndGetsItsOwn(String store) throws IOException {
    Files.delete(format(store));
    assertThatCode(home::requireInitialised).doesNotThrowAnyException();
    home.create();
    assertThat(format(store)).hasContent(OWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbox", "outbox", "patients", "audit", "people"})
  void aHomeWithoutANumberIsOfAnEarlierVersionWhateverOfItIsInUse(String store) throws IOException {
    for (String each : ALL) {
      if (!each.isEmpty() && !each.equals(store)) {
        Files.move(home.root().resolve(each), folder.resolve("away-" + each));
      }
    }
    Files.delete(format(""));
    assertThatThrownBy(home::requireInitialised)
        .hasMessageStartingWith(home.root() + " is written in format 0");
    assertThatThrownBy(home::create).hasMessageContaining("format 0");
    assertThat(format("")).doesNotExist();
  }

  @Test
  void aLedgerOfNewerRulesIsRefusedInOneSentence() throws IOException {
    Files.writeString(home.ledger().resolve("rules"), (LedgerRules.NUMBER + 1) + "\n");
    assertThatThrownBy(home::requireInitialised)
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(HomeException.Reason.FORMAT))
        .hasMessageContaining("was written by ledger rules " + (LedgerRules.NUMBER + 1))
        .hasMessageNotContaining("\n");
  }

  @Test
  void aStoreThatWasMovedAwayBeginsAnewInThisForm() throws IOException {
    Files.move(home.ledger(), folder.resolve("old-ledger"));
    assertThatCode(home::requireInitialised).doesNotThrowAnyException();
    home.create();
    assertThat(format("ledger")).hasContent(OWN);
  }
}
