package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.medseal.docs.Documents;
import org.medseal.docs.Documents.Said;
import picocli.CommandLine;

/** Every verb and option the documents name is one this command line takes. */
class DocumentedCommandsTest {
  private static final Pattern CALL = Pattern.compile("(?:^|[\\s(])(?:\\./)?medseal +([a-z].*)");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]*(?:\\|[a-z][a-z-]*)*");
  private static final Pattern OPTION = Pattern.compile("\\[?(--[a-z][a-z-]*)");

  @Test
  void everyCommandOfTheDocumentsIsTaken() {
    List<String> wrong = new ArrayList<>();
    int found = 0;
    for (Said said : Documents.code()) {
      Optional<String> words = words(said.text());
      found += words.isPresent() ? 1 : 0;
      words
          .flatMap(each -> fault(MedSeal.commandLine(), List.of(each.split("\\s+", -1))))
          .ifPresent(fault -> wrong.add(said + "  (" + fault + ")"));
    }
    assertThat(found).isGreaterThan(80);
    assertThat(wrong).isEmpty();
  }

  /** With the program's name before it, or as tables have it, by the verb alone. */
  private static Optional<String> words(String code) {
    String clean = code.replaceAll("\\s[#>&].*", "");
    Matcher call = CALL.matcher(clean);
    if (call.find()) {
      return Optional.of(call.group(1));
    }
    String[] bare = clean.split(" ", 3);
    CommandLine verb = MedSeal.commandLine().getSubcommands().get(bare[0]);
    boolean isVerb =
        bare.length > 1
            && verb != null
            && (bare[1].startsWith("--") || verb.getSubcommands().containsKey(bare[1]));
    return isVerb ? Optional.of(clean) : Optional.empty();
  }

  private static Optional<String> fault(CommandLine command, List<String> words) {
    if (words.isEmpty() || !WORD.matcher(words.get(0)).matches()) {
      return options(command, words);
    }
    if (command.getSubcommands().isEmpty()) {
      return command.getCommandSpec().positionalParameters().isEmpty()
          ? Optional.of(command.getCommandName() + " takes no " + words.get(0))
          : options(command, words);
    }
    for (String name : words.get(0).split("\\|", -1)) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        return Optional.of(command.getCommandName() + " has no " + name);
      }
      Optional<String> fault = fault(next, words.subList(1, words.size()));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> options(CommandLine command, List<String> words) {
    for (String word : words) {
      Matcher option = OPTION.matcher(word);
      if (option.lookingAt()
          && !command.getCommandSpec().optionsMap().containsKey(option.group(1))) {
        return Optional.of(command.getCommandName() + " has no " + option.group(1));
      }
    }
    return Optional.empty();
  }
}
