package org.medseal.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.medseal.app.Instance;
import org.medseal.app.InstanceOptions;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.consortium.SingleInstitution;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs one institution until it is stopped.")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--home",
      defaultValue = "home",
      description =
          "The institution's folder (default ./home); an empty one becomes a consortium of one.")
  private Path home;

  @Option(names = "--unlisted", description = "quarantine or local; overrides medseal.unlisted.")
  private UnlistedAuthority unlisted;

  @Option(
      names = "--with-parent",
      hidden = true,
      description = "End when the process of this id ends.")
  private Long parent;

  @Override
  public Integer call() {
    Home at = new Home(home);
    if (at.isNew()) {
      SingleInstitution.found(at, System.getenv()).forEach(System.out::println);
    }
    at.requireInitialised();
    Map<String, String> overrides = new TreeMap<>();
    Optional.ofNullable(unlisted)
        .ifPresent(
            choice -> overrides.put("medseal.unlisted", choice.name().toLowerCase(Locale.ROOT)));
    char[] passphrase = Passphrase.of(at, System.getenv());
    try (Instance instance = Instance.open(new InstanceOptions(at, overrides), passphrase)) {
      instance.start();
      instance.describe().forEach(System.out::println);
      Optional<String> failure = instance.runUntilStopped(Optional.ofNullable(parent));
      failure.ifPresent(reason -> System.err.println("medseal: " + reason));
      return failure.isPresent() ? MedSeal.FAILED : 0;
    } finally {
      Passphrase.wipe(passphrase);
    }
  }
}
