package org.medseal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;
import org.medseal.home.RoleKey;
import org.medseal.home.RoleKeyBinding;
import org.medseal.users.PasswordRules;
import org.medseal.users.Role;
import org.medseal.users.User;
import org.medseal.users.UserStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal user}. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "People who may sign in.",
    subcommands = {
      UserCommand.CreateAdmin.class,
      UserAccountCommands.ListThem.class,
      UserAccountCommands.Enable.class,
      UserAccountCommands.Disable.class,
      UserAccountCommands.Reject.class,
      UserAccountCommands.EndSessions.class,
      UserAccountCommands.RecoveryCode.class,
      CommandLine.HelpCommand.class
    })
final class UserCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "user create-admin, list, enable, disable, reject, end-sessions or recovery-code");
  }

  /** The first administrator of an institution; everybody else registers and is approved. */
  @Command(
      name = "create-admin",
      mixinStandardHelpOptions = true,
      description = "Creates the first administrator, while the institution is not running.")
  static final class CreateAdmin implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Mixin private AtHome at;
    @Mixin private PasswordFile passwordFile;

    @Option(names = "--login", required = true, description = "How the administrator signs in.")
    private String login;

    @Option(
        names = "--take",
        description =
            "Role key to hand to this administrator: custodian|issuer|opener=FILE with the passphrase it was founded with.")
    private Map<RoleKey, Path> take = Map.of();

    @Override
    public Integer call() {
      Home home =
          at.atRest(
              "stop it first (only the first administrator is made so; everybody else registers and"
                  + " is approved by one)");
      char[] password = passwordFile.read();
      User admin;
      try {
        admin = create(home, new RoleKeyBinding(home), password);
      } finally {
        Passphrase.wipe(password);
      }
      List<String> held = take.keySet().stream().map(Enum::name).sorted().toList();
      spec.commandLine()
          .getOut()
          .println(
              "Administrator "
                  + admin.login()
                  + " created"
                  + (held.isEmpty() ? "" : ", holding " + held));
      spec.commandLine().getOut().flush();
      return 0;
    }

    /**
     * The keys to be taken are opened first: an administrator without them could not be made twice.
     */
    private User create(Home home, RoleKeyBinding binding, char[] password) {
      take.forEach((role, file) -> binding.requireOpens(role, Passphrase.read(file)));
      User admin;
      try (UserStore users = UserStore.open(home.people())) {
        admin = users.createFirstAdmin(login, new String(password), Set.of(Role.ADMIN));
      }
      char[] normal = PasswordRules.normal(new String(password)).toCharArray();
      take.forEach(
          (role, file) -> binding.bind(role, Passphrase.read(file), admin.login(), normal));
      Passphrase.wipe(normal);
      return admin;
    }
  }
}
