package org.medseal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.medseal.consortium.AdminCertificates;
import org.medseal.crypto.SecretBytes;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.KeyRotation;
import org.medseal.home.Passphrase;
import org.medseal.home.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medseal keys}: the key stores of a home. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "The key stores of a home: what there is, another passphrase, fresh keys.",
    subcommands = {
      KeysCommand.ListThem.class,
      KeysCommand.ChangePassphrase.class,
      KeysCommand.Rotate.class,
      KeysShareCommand.class,
      KeysTakeCommand.class,
      NewCustodianCommand.class,
      CommandLine.HelpCommand.class
    })
final class KeysCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "keys list, change-passphrase, rotate, share, take or new-custodian");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Files and who may read them; with --entries what the node's store holds.")
  static final class ListThem implements Callable<Integer> {
    @Mixin private AtHome at;
    @Mixin private Output output;

    @Option(
        names = "--entries",
        description = "Names of the entries in node.keys (never a key); needs its passphrase.")
    private boolean entries;

    @Override
    public Integer call() throws IOException {
      Home home = at.home();
      ObjectNode answer = Output.object();
      ArrayNode stores = answer.putArray("stores");
      try (Stream<Path> files = Files.list(home.keys())) {
        for (Path file : files.sorted().toList()) {
          String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          stores
              .addObject()
              .put("file", file.getFileName().toString())
              .put("permissions", permissions)
              .put("ownerOnly", permissions.endsWith("------"));
        }
      }
      if (entries) {
        ArrayNode names = answer.putArray("entries");
        at.unlocked(own -> own.keyring().names()).forEach(names::add);
      }
      output.print(
          answer,
          out -> {
            stores.forEach(
                each ->
                    out.printf(
                        "%-24s %s%s%n",
                        each.path("file").asText(),
                        each.path("permissions").asText(),
                        each.path("file").asText().endsWith(".keys")
                                && !each.path("ownerOnly").asBoolean()
                            ? "  others can read it: chmod 600"
                            : ""));
            answer.path("entries").forEach(name -> out.println("  " + name.asText()));
          });
      return 0;
    }
  }

  @Command(
      name = "change-passphrase",
      mixinStandardHelpOptions = true,
      description =
          "Seals node.keys under another passphrase. Role keys open with their holder's password,"
              + " which the holder changes (POST me/password).")
  static final class ChangePassphrase implements Callable<Integer> {
    @Mixin private AtHome at;
    @Mixin private Output output;

    @Option(
        names = "--new-passphrase-file",
        description = "File whose first line is the new passphrase; else a prompt.")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() {
      Home home = at.home();
      char[] old = Passphrase.of(home, System.getenv());
      char[] fresh =
          file.map(Passphrase::read)
              .or(() -> Passphrase.prompt("New passphrase of " + home.nodeKeys()))
              .orElseThrow(
                  () ->
                      new HomeException(
                          HomeException.Reason.PASSPHRASE,
                          "no new passphrase: give --new-passphrase-file"));
      try {
        boolean beside = KeyRotation.changePassphrase(home, old, fresh, System.getenv());
        output.print(
            Output.object().put("changed", true).put("passphraseFileReplaced", beside),
            home.nodeKeys()
                + " opens with the new passphrase"
                + (beside ? ", which " + Passphrase.besideOf(home) + " now holds" : "")
                + "; backups of the file still open with the old one");
      } finally {
        Passphrase.wipe(old);
        Passphrase.wipe(fresh);
      }
      return 0;
    }
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "admin-tls: a fresh key, certificate and authority of the admin endpoint, from the next"
            + " start on.",
        "The validator's key is rotated by ledger new-validator-key and ledger governance key, the"
            + " key between nodes by ledger move. Storage, erase and pseudonym keys cannot change:"
            + " what they sealed or named would be lost."
      })
  static final class Rotate implements Callable<Integer> {
    @Mixin private AtHome at;
    @Mixin private Output output;

    @Parameters(paramLabel = "KEY", description = "admin-tls")
    private String key;

    @Override
    public Integer call() {
      if (!key.equals("admin-tls")) {
        throw output.wrongUsage("what can be rotated here is admin-tls; see --help for others");
      }
      Home home = at.home();
      char[] passphrase = Passphrase.of(home, System.getenv());
      try {
        renew(home, passphrase);
      } finally {
        Passphrase.wipe(passphrase);
      }
      output.print(
          Output.object()
              .put("rotated", key)
              .put("certificate", home.adminCertificate().toString()),
          "from the next start on the admin endpoint shows "
              + home.adminCertificate()
              + "; callers trust the second certificate in it");
      return 0;
    }

    private static void renew(Home home, char[] passphrase) {
      Settings settings = RunningNode.settings(home);
      AdminCertificates authority =
          new AdminCertificates(settings.institution(), new SecureRandom());
      AdminCertificates.Endpoint fresh =
          authority.issue(settings.institution(), settings.admin().host());
      try (SecretBytes key = SecretBytes.copyOf(fresh.keys().getPrivate().getEncoded())) {
        String chain = AdminCertificates.pem(fresh.certificate(), authority.authority());
        KeyRotation.renewAdminTls(home, passphrase, new KeyRotation.AdminTls(key, chain));
      }
    }
  }
}
