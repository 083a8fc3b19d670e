package org.medseal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.app.Installation;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.FileDeidentification;
import org.medseal.connectors.deidentify.FileReport;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.home.Home;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Passphrase;
import org.medseal.ledger.genesis.GenesisFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal deid}. */
@Command(
    name = "deid",
    mixinStandardHelpOptions = true,
    description = "De-identifies files without a ledger, keeping relative paths.")
final class DeidCommand implements Callable<Integer> {
  private static final String FEED = "deid";
  private static final int KEY_BYTES = 32;

  @Option(names = "--format", required = true, description = "hl7v2, fhir or dicom.")
  private Format format;

  @Option(names = "--in", required = true, description = "A file or a folder.")
  private Path in;

  @Option(names = "--out", required = true, description = "Folder for what is released.")
  private Path out;

  @Option(names = "--report", required = true, description = "File for the JSON report.")
  private Path report;

  @Option(
      names = "--explain",
      description = "The report also says, place by place, which rule took what.")
  private boolean explain;

  @Option(
      names = "--home",
      description = "Use this home's keys; else keys made for this run alone.")
  private Path home;

  @Override
  public Integer call() throws IOException {
    Installation installation = Installation.here();
    Path config = home == null ? installation.config() : installation.config(new Home(home));
    FeedPolicy policy =
        new FeedPolicy(
            FEED, Optional.empty(), UnlistedAuthority.LOCAL, Optional.empty(), Optional.empty());
    try (KeySource keys = home == null ? oneRunKeys() : keysOf(new Home(home))) {
      Deidentifiers deidentifiers = Deidentifiers.load(config, keys.keys());
      FileDeidentification files =
          new FileDeidentification(deidentifiers.forFormat(format), policy);
      FileReport result = (explain ? files.explaining() : files).run(in, out);
      Path parent = report.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      Files.writeString(report, result.toJson());
      return 0;
    }
  }

  private record KeySource(DeidKeys keys, Runnable closer) implements AutoCloseable {
    @Override
    public void close() {
      closer.run();
    }
  }

  private static KeySource oneRunKeys() {
    SecureRandom random = new SecureRandom();
    PseudonymKey consortium = new PseudonymKey(1, FEED, SecretBytes.random(KEY_BYTES, random));
    PseudonymKey local = new PseudonymKey(0, "local", SecretBytes.random(KEY_BYTES, random));
    return new KeySource(
        new DeidKeys(consortium, local),
        () -> {
          consortium.close();
          local.close();
        });
  }

  private static KeySource keysOf(Home at) {
    String chainId = GenesisFile.read(at.genesisFile()).chainId();
    NodeKeyring ring = NodeKeyring.open(at, chainId, Passphrase.of(at, System.getenv()));
    return new KeySource(
        new DeidKeys(ring.consortiumPseudonymKey(), ring.localPseudonymKey()), ring::close);
  }
}
