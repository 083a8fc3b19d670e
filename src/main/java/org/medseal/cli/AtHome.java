package org.medseal.cli;

import java.nio.file.Path;
import java.util.function.Function;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Occupant;
import org.medseal.home.Passphrase;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Genesis;
import picocli.CommandLine.Option;

/** The institution's folder that a command is about; HomeException when there is none. */
final class AtHome {
  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  /** Who an institution is to itself; the keyring is open as long as the work with it lasts. */
  record Institution(Genesis genesis, String name, NodeKeyring keyring) {}

  /** Also one without a genesis. */
  Home folder() {
    return new Home(home);
  }

  Home home() {
    Home at = folder();
    at.requireInitialised();
    return at;
  }

  /**
   * ALREADY_RUNNING while an instance runs from it, whose files nobody else may open.
   *
   * @param instead what to do then
   */
  Home atRest(String instead) {
    Home at = home();
    if (Occupant.isIn(at)) {
      throw new HomeException(
          HomeException.Reason.ALREADY_RUNNING,
          "MedSeal is running from " + at.root() + ": " + instead);
    }
    return at;
  }

  Genesis genesis() {
    return GenesisFile.read(home().genesisFile());
  }

  RunningNode node() {
    return RunningNode.of(home());
  }

  /** With the keys of the home, unlocked by its passphrase. */
  <T> T unlocked(Function<Institution, T> work) {
    Genesis genesis = genesis();
    String name = RunningNode.settings(home()).institution();
    char[] passphrase = Passphrase.of(home(), System.getenv());
    try (NodeKeyring keyring = NodeKeyring.open(home(), genesis.chainId(), passphrase)) {
      return work.apply(new Institution(genesis, name, keyring));
    } finally {
      Passphrase.wipe(passphrase);
    }
  }
}
