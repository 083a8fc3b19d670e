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

/** A home that a MedSeal of another version wrote. */
class HomeFormatTest {
  private static final String OWN = "1";

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void found() throws IOException {
    home = new Home(folder.resolve("home"));
    home.create();
    Files.writeString(home.genesisFile(), "");
    Files.writeString(home.nodeKeys(), "");
    for (Path journal :
        new Path[] {home.inbox(), home.outbox(), home.ledger().resolve("segments")}) {
      try (Journal used = Journal.open(journal, JournalOptions.defaults())) {
        used.append(1, new byte[1]);
      }
    }
  }

  private Path format(String store) {
    return home.root().resolve(store).resolve(StoreFormat.FILE);
  }

  @Test
  void ofThisVersionIsOpened() {
    assertThatCode(home::requireInitialised).doesNotThrowAnyException();
    assertThatCode(home::create).doesNotThrowAnyException();
    for (String store : new String[] {"", "inbox", "outbox", "ledger"}) {
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
    "ledger, seven, move ledger and index away"
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

  @Test
  void aStoreThatWasMovedAwayBeginsAnewInThisForm() throws IOException {
    Files.move(home.ledger(), folder.resolve("old-ledger"));
    assertThatCode(home::requireInitialised).doesNotThrowAnyException();
    home.create();
    assertThat(format("ledger")).hasContent(OWN);
  }
}
