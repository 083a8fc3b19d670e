package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medseal.app.Instance;
import org.medseal.app.InstanceOptions;
import org.medseal.client.AdminClient;
import org.medseal.consortium.ConsortiumPlan;
import org.medseal.consortium.FoundConsortium;
import org.medseal.consortium.FreePorts;
import org.medseal.home.Home;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Passphrase;
import org.medseal.ledger.genesis.GenesisFile;

/** A single institution whose administrator holds all three role keys, and what one says to it. */
final class HomeForVerbs {
  static final String PASSWORD = "correct horse battery";

  final Home home;
  private final Path passwordFile;
  private final char[] passphrase;

  HomeForVerbs(Path folder) throws IOException {
    this(folder, "hospital-1");
  }

  HomeForVerbs(Path folder, String institution) throws IOException {
    Files.createDirectories(folder);
    home = new Home(folder.resolve("home"));
    passphrase = Passphrase.writeGenerated(Passphrase.besideOf(home));
    Path roles = folder.resolve("roles.passphrase");
    char[] ofRoles = Passphrase.writeGenerated(roles);
    ConsortiumPlan.Hospital hospital =
        new ConsortiumPlan.Hospital(
            institution,
            home.root(),
            ConsortiumPlan.Endpoints.onLoopback(FreePorts.anywhere()),
            1,
            passphrase.clone());
    new FoundConsortium(new SecureRandom(), System.currentTimeMillis())
        .found(
            new ConsortiumPlan(
                "verbs",
                List.of(hospital),
                new ConsortiumPlan.RoleHolders(holder(ofRoles), holder(ofRoles), holder(ofRoles))));
    passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Said made =
        say(
            "user",
            "create-admin",
            "--home",
            home.root().toString(),
            "--login",
            "chief",
            "--password-file",
            passwordFile.toString(),
            "--take",
            "custodian=" + roles,
            "--take",
            "opener=" + roles,
            "--take",
            "issuer=" + roles);
    if (made.exit() != 0) {
      throw new AssertionError(made.err());
    }
  }

  private static ConsortiumPlan.Holder holder(char[] passphrase) {
    return new ConsortiumPlan.Holder(List.of(), passphrase.clone());
  }

  /** A command line and what came of it. */
  record Said(int exit, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  Instance start() {
    return start(Map.of());
  }

  Instance start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("medseal.unlisted", "local");
    Instance instance = Instance.open(new InstanceOptions(home, all), passphrase.clone());
    instance.start();
    return instance;
  }

  /** Of the home as it is now. */
  NodeKeyring keyring() {
    String chainId = GenesisFile.read(home.genesisFile()).chainId();
    return NodeKeyring.open(home, chainId, passphrase.clone());
  }

  /** Somebody with the same password. */
  void has(String login, String role) {
    AdminClient chief = RunningNode.of(home).login("chief", PASSWORD, "");
    Map<String, Object> wish = Map.of("login", login, "password", PASSWORD, "displayName", login);
    chief.post("/api/v1/auth/register", wish).expect(202);
    for (JsonNode user : chief.get("/api/v1/users").expect(200).json().path("users")) {
      if (user.path("login").asText().equals(login)) {
        chief
            .post(
                "/api/v1/users/" + user.path("id").asText() + "/approve",
                Map.of("roles", List.of(role)))
            .expect(200, 204);
      }
    }
  }

  /** The acknowledgement of a message over MLLP. */
  String send(String message) throws IOException {
    var mllp = RunningNode.settings(home).mllp();
    try (Socket socket = new Socket(mllp.host(), mllp.port())) {
      socket
          .getOutputStream()
          .write(("\u000b" + message + "\u001c\r").getBytes(StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      for (int read = socket.getInputStream().read();
          read >= 0 && read != 0x1c;
          read = socket.getInputStream().read()) {
        answer.append((char) read);
      }
      return answer.toString();
    }
  }

  /** With {@code --home} and {@code --json}. */
  Said at(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.root().toString(), "--json"));
    return say(all.toArray(String[]::new));
  }

  Said as(String login, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--login", login, "--password-file", passwordFile.toString()));
    return at(all.toArray(String[]::new));
  }

  /** With {@code --home} and the password, as nobody. */
  Said withPassword(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of("--home", home.root().toString(), "--password-file", passwordFile.toString()));
    return say(all.toArray(String[]::new));
  }

  static Said say(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        MedSeal.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Said(exit, out.toString(), err.toString());
  }
}
