package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.app.Instance;
import org.medseal.app.InstanceOptions;
import org.medseal.consortium.ConsortiumPlan;
import org.medseal.consortium.FoundConsortium;
import org.medseal.consortium.FreePorts;
import org.medseal.crypto.ed25519.Ed25519PublicKey;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Bytes;
import picocli.CommandLine;

/** Every verb of {@code medseal ledger}: its JSON, its exit codes, its place in the help. */
class LedgerVerbsTest {
  private static final String PASSWORD = "correct horse battery";
  private static @TempDir Path folder;

  private static Home home;
  private static Path passwordFile;

  /** What each row answered, of a home that ran and then stopped. */
  private static final List<Said> ANSWERS = new ArrayList<>();

  /** A command line and what came of it. */
  private record Said(List<String> words, int exit, String out, String err) {
    String verb() {
      return words.get(1);
    }

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  @BeforeAll
  static void askEveryVerb() throws IOException {
    home = new Home(folder.resolve("home"));
    char[] passphrase = found(home);
    passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    String root = home.root().toString();
    assertThat(
            MedSeal.execute(
                "user",
                "create-admin",
                "--home",
                root,
                "--login",
                "chief",
                "--password-file",
                passwordFile.toString()))
        .isZero();
    String proof = folder.resolve("tx.proof").toString();
    String backup = folder.resolve("ledger.backup").toString();
    Home joiner = new Home(folder.resolve("joiner"));
    found(joiner, "hospital-2");
    Files.copy(
        home.genesisFile(),
        joiner.genesisFile(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String joining = joiner.root().toString();
    try (Instance running =
        Instance.open(new InstanceOptions(home, Map.of()), passphrase.clone())) {
      running.start();
      String id = asPerson("governance", "grant", "hospital-1", "5").json().path("id").asText();
      asPerson("governance", "list");
      Said move = at(root, "move", "--address", "127.0.0.1:7599");
      asPerson(
          "governance",
          "move",
          "127.0.0.1:7599",
          move.json().path("tlsKey").asText(),
          move.json().path("proof").asText());
      asPerson("governance", "rules", "stakeCapPercent=30", "slashPercent=7");
      asPerson("stake", "bond", "1");
      Said applied = at(joining, "apply", "--address", "127.0.0.1:7600", "--units", "3");
      asPerson("governance", "admit", applied.json().path("application").asText());
      asPerson("stake", "show");
      at(root, "status");
      at(root, "consensus");
      at(root, "validators");
      at(root, "validators", "--height", "1");
      at(root, "checkpoint", "--height", "1");
      at(root, "proof", "--tx", id, "--out", proof);
      at(root, "backup", "--out", backup);
    }
    at(root, "validators", "--height", "1", "--recompute");
    at(root, "checkpoint");
    at(root, "verify");
    at(root, "proof", "--verify", proof, "--genesis", home.genesisFile().toString());
    at(root, "apply", "--address", "node.example.org:7501", "--units", "10");
    at(root, "new-validator-key");
    at(joining, "new-validator-key");
    Home other = new Home(folder.resolve("other"));
    found(other);
    Files.copy(
        home.genesisFile(), other.genesisFile(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    at(other.root().toString(), "restore", "--from", backup);
    at(other.root().toString(), "sign-again", "--no-other-copy-runs");
  }

  private static char[] found(Home at) {
    return found(at, "hospital-1");
  }

  private static char[] found(Home at, String name) {
    char[] passphrase = Passphrase.writeGenerated(Passphrase.besideOf(at));
    ConsortiumPlan.Hospital hospital =
        new ConsortiumPlan.Hospital(
            name,
            at.root(),
            ConsortiumPlan.Endpoints.onLoopback(FreePorts.anywhere()),
            1,
            passphrase.clone());
    new FoundConsortium(new SecureRandom(), System.currentTimeMillis())
        .found(
            new ConsortiumPlan(
                "verbs",
                List.of(hospital),
                new ConsortiumPlan.RoleHolders(holder(), holder(), holder())));
    return passphrase;
  }

  private static ConsortiumPlan.Holder holder() {
    return new ConsortiumPlan.Holder(List.of(), Passphrase.generate());
  }

  private static Said asPerson(String verb, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--login", "chief", "--password-file", passwordFile.toString()));
    return at(home.root().toString(), verb, words.toArray(String[]::new));
  }

  /** Kept, and asserted on in the tests. */
  private static Said at(String root, String verb, String... more) {
    List<String> words = new ArrayList<>(List.of("ledger", verb, "--home", root, "--json"));
    words.addAll(List.of(more));
    Said said = say(words);
    ANSWERS.add(said);
    return said;
  }

  private static Said say(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        MedSeal.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words.toArray(String[]::new));
    return new Said(words, exit, out.toString(), err.toString());
  }

  private static Said say(String... words) {
    return say(List.of(words));
  }

  private static Set<String> verbs() {
    Set<String> all =
        new TreeSet<>(
            MedSeal.commandLine().getSubcommands().get("ledger").getSubcommands().keySet());
    all.remove("help");
    return all;
  }

  @Test
  void everyVerbAnswersOneJsonObjectAndZero() throws IOException {
    for (Said each : ANSWERS) {
      assertThat(each.exit()).as(each.words() + " " + each.err()).isZero();
      assertThat(each.json().isObject()).as(each.words() + each.out()).isTrue();
      assertThat(each.json()).as(each.words().toString()).isNotEmpty();
      assertThat(each.err()).isEmpty();
    }
    assertThat(ANSWERS.stream().map(Said::verb)).containsAll(verbs());
  }

  @Test
  void theJsonSaysWhatTheWordsSay() throws IOException {
    Said last = answer("checkpoint", "--height");
    assertThat(last.json().path("checkpoint").asText())
        .isEqualTo("1:" + last.json().path("blockId").asText());
    assertThat(answer("backup").json().path("checkpoint").asText())
        .isEqualTo(answer("verify").json().path("height") + ":" + blockId("verify"));
    assertThat(answer("verify").json().path("holds").asBoolean()).isTrue();
    assertThat(answer("proof", "--verify").json().path("holds").asBoolean()).isTrue();
    assertThat(answer("proof", "--tx").json().path("sizeBytes").asLong())
        .isEqualTo(Files.size(folder.resolve("tx.proof")));
    assertThat(answer("restore").json().path("height"))
        .isEqualTo(answer("backup").json().path("height"));
    assertThat(answer("sign-again").json().path("wasSilent").asBoolean()).isTrue();
    assertThat(answer("stake", "bond").json().path("committed").asBoolean()).isTrue();
    assertThat(answer("new-validator-key").json().path("key").asText()).hasSize(64);
  }

  @Test
  void whatAHomePrintsWhenItAppliesAdmitsIt() throws IOException {
    JsonNode stakes = answer("stake", "show").json().path("stakes");
    assertThat(stakes).hasSize(2);
    assertThat(stakes.get(1).path("institution").asText()).isEqualTo("hospital-2");
    assertThat(stakes.get(1).path("free").asLong()).isEqualTo(3);
  }

  @Test
  void aNewValidatorKeyProvesItselfForItsOwnHome() throws IOException {
    List<Said> fresh =
        ANSWERS.stream().filter(each -> each.verb().equals("new-validator-key")).toList();
    String chainId = GenesisFile.read(home.genesisFile()).chainId();
    assertThat(fresh).hasSize(2);
    for (int i = 0; i < fresh.size(); i++) {
      Bytes key = Bytes.fromHex(fresh.get(i).json().path("key").asText());
      byte[] proof = Bytes.fromHex(fresh.get(i).json().path("proof").asText()).toArray();
      byte[] message = MembershipActions.keyRotationSignBytes(chainId, "hospital-" + (i + 1), key);
      assertThat(Ed25519PublicKey.fromBytes(key.toArray()).verify(message, proof)).isTrue();
    }
  }

  @Test
  void turnsPlayedAgainAreTheOnesTheNodeKeeps() throws IOException {
    JsonNode asked = answer("validators", "--height").json().path("turns");
    assertThat(asked).hasSize(1);
    assertThat(answer("validators", "--recompute").json().path("turns")).isEqualTo(asked);
  }

  @Test
  void wrongWordsAreTwoAndSayWhichOnes() {
    for (List<String> each :
        List.of(
            List.of("status", "x"),
            List.of("consensus", "--tx", "1"),
            List.of("validators", "--height", "0"),
            List.of("validators", "--height", "last"),
            List.of("validators", "--recompute"),
            List.of("checkpoint", "--height", "-1"),
            List.of("proof"),
            List.of("proof", "--tx", "12", "--out", "x"),
            List.of("proof", "--consistency", "--from", "0", "--to", "1", "--out", "x"),
            List.of("proof", "--consistency", "--from", "2", "--to", "1", "--out", "x"),
            List.of("proof", "--verify", "x"),
            List.of("proof", "--verify", "x", "--checkpoint", "7"),
            List.of("backup"),
            List.of("restore"),
            List.of("sign-again"),
            List.of("verify", "--from", "1"),
            List.of("apply"),
            List.of("apply", "--address", "h:1", "--units", "-1"),
            List.of("new-validator-key", "now"),
            List.of("stake", "show"),
            List.of("stake", "hoard", "--login", "chief"),
            List.of("stake", "bond", "--login", "chief"),
            List.of("governance", "--login", "chief"),
            List.of("governance", "grant", "hospital-1", "--login", "chief"),
            List.of("move"),
            List.of("move", "--address", "nowhere"),
            List.of("governance", "move", "h:1", "--login", "chief"),
            List.of("governance", "rules", "--login", "chief"),
            List.of("governance", "rules", "stakeCapPercent", "--login", "chief"),
            List.of("governance", "rules", "mercy=1", "--login", "chief"),
            List.of("governance", "rules", "jailMs=1", "jailMs=2", "--login", "chief"),
            List.of("governance", "muse", "--login", "chief"))) {
      List<String> words = new ArrayList<>(List.of("ledger"));
      words.addAll(each);
      if (!each.contains("--verify")) {
        words.addAll(List.of("--home", home.root().toString()));
      }
      Said said = say(words);
      assertThat(said.exit()).as(words + said.err()).isEqualTo(2);
      assertThat(said.out()).isEmpty();
      assertThat(said.err().lines().findFirst().orElse("")).as(words.toString()).isNotBlank();
    }
    for (String verb : verbs()) {
      assertThat(say("ledger", verb, "--no-such-option").exit()).as(verb).isEqualTo(2);
    }
    assertThat(say("ledger").exit()).isEqualTo(2);
  }

  @Test
  void whatCannotBeDoneIsOneInOneLine() {
    String none = folder.resolve("none").toString();
    String gone = folder.resolve("gone").toString();
    for (String[] each :
        new String[][] {
          {"status"},
          {"consensus"},
          {"validators"},
          {"validators", "--height", "1", "--recompute"},
          {"checkpoint"},
          {"verify"},
          {"proof", "--tx", "0".repeat(64), "--out", none},
          {"backup", "--out", none},
          {"restore", "--from", none},
          {"sign-again", "--no-other-copy-runs"},
          {"apply", "--address", "h:1"},
          {"new-validator-key"},
          {"move", "--address", "h:1"},
          {"stake", "show", "--login", "chief", "--password-file", none},
          {"governance", "list", "--login", "chief", "--password-file", none}
        }) {
      List<String> words = new ArrayList<>(List.of("ledger"));
      words.addAll(Arrays.asList(each));
      words.addAll(List.of("--home", gone));
      Said said = say(words);
      assertThat(said.exit()).as(words + said.err()).isEqualTo(1);
      assertThat(said.err().lines()).as(words.toString()).hasSize(1);
      assertThat(said.out()).isEmpty();
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void theHelpKnowsEveryCommand() {
    Said top = say("help");
    assertThat(top.exit()).isZero();
    assertThat(top.out()).contains("medseal help ledger");
    Map<String, CommandLine> commands = MedSeal.commandLine().getSubcommands();
    commands.keySet().forEach(name -> assertThat(top.out()).contains("  " + name));
    Said ledger = say("help", "ledger");
    assertThat(ledger.exit()).isZero();
    for (String verb : verbs()) {
      assertThat(ledger.out()).as(verb).containsPattern("(?m)^  " + verb + "\\s+\\S+");
      Said own = say("ledger", "help", verb);
      assertThat(own.exit()).isZero();
      assertThat(own.out()).contains("--json", "--home");
    }
  }

  private static String blockId(String verb) throws IOException {
    return answer(verb).json().path("blockId").asText();
  }

  /** The first one of the verb with these words. */
  private static Said answer(String verb, String... words) {
    return ANSWERS.stream()
        .filter(each -> each.verb().equals(verb) && each.words().containsAll(List.of(words)))
        .findFirst()
        .orElseThrow();
  }
}
