package org.medseal.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.medseal.ledger.store.RulesMark;
import org.medseal.ledger.store.StoreException;

/** The folder in which one institution's MedSeal keeps everything. */
public record Home(Path root) {
  private static final List<String> FOLDERS =
      List.of(
          "config",
          "keys",
          "inbox",
          "outbox",
          "patients",
          "audit",
          "people",
          "ledger",
          "blobs",
          "polls",
          "index",
          "drop/hl7",
          "drop/fhir",
          "drop/dicom",
          "logs");

  /** Each to be raised when files are written that the MedSeal of before would misread. */
  private static final int HOME_FORMAT = 1;

  private static final int MESSAGES_FORMAT = 1;
  private static final int LEDGER_FORMAT = 1;
  private static final int PATIENTS_FORMAT = 1;
  private static final int AUDIT_FORMAT = 1;
  private static final int PEOPLE_FORMAT = 1;
  private static final int BLOBS_FORMAT = 1;

  /** What these four were written in while the home's number stood for them. */
  private static final int UNSAID_FORMAT = 1;

  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Makes the folders that are not there yet, readable by their owner alone. FORMAT, with nothing
   * changed, if there is something written in a form that this MedSeal does not read.
   */
  public void create() {
    formats().forEach(StoreFormat::require);
    try {
      for (String folder : FOLDERS) {
        Files.createDirectories(root.resolve(folder));
      }
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the home " + root + ": " + e.getMessage(), e);
    }
    formats().forEach(StoreFormat::mark);
  }

  /** The home as a whole stands for what has no number of its own. */
  private List<StoreFormat> formats() {
    String itsOwn = "start it with the MedSeal that wrote it, or found or join anew";
    List<Path> blocks = List.of(ledger().resolve("segments"));
    List<Path> any = List.of(blocks.get(0), inbox(), outbox(), patients(), audit(), people());
    return List.of(
        new StoreFormat(root, any, HOME_FORMAT, 0, itsOwn),
        new StoreFormat(inbox(), List.of(inbox()), MESSAGES_FORMAT, 0, itsOwn),
        new StoreFormat(outbox(), List.of(outbox()), MESSAGES_FORMAT, 0, itsOwn),
        new StoreFormat(
            ledger(),
            blocks,
            LEDGER_FORMAT,
            0,
            "start it with the MedSeal that wrote it, or, where other institutions hold the same"
                + " ledger, move ledger and index away"),
        own(patients(), patients(), PATIENTS_FORMAT),
        own(audit(), audit(), AUDIT_FORMAT),
        own(people(), people(), PEOPLE_FORMAT),
        own(blobs(), blobs().resolve("catalog"), BLOBS_FORMAT));
  }

  private static StoreFormat own(Path folder, Path contents, int number) {
    return new StoreFormat(
        folder,
        List.of(contents),
        number,
        UNSAID_FORMAT,
        "start it with the MedSeal that wrote it");
  }

  /** True when nothing of an institution is here yet: neither genesis, nor keys, nor a ledger. */
  public boolean isNew() {
    return !Files.exists(genesisFile()) && isBare(keys()) && isBare(ledger()) && isBare(inbox());
  }

  /**
   * GENESIS or KEYS naming what is missing of an institution's home; FORMAT as in create, and of a
   * ledger that was written under newer rules.
   */
  public void requireInitialised() {
    for (Path file : List.of(genesisFile(), nodeKeys())) {
      if (!Files.exists(file)) {
        throw new HomeException(
            file.equals(nodeKeys()) ? HomeException.Reason.KEYS : HomeException.Reason.GENESIS,
            file + " is missing: " + root + " is not a whole institution's home");
      }
    }
    formats().forEach(StoreFormat::require);
    try {
      RulesMark.require(root);
    } catch (StoreException e) {
      throw new HomeException(HomeException.Reason.FORMAT, e.getMessage(), e);
    }
  }

  private static boolean isBare(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(StoreFormat::isMark); // of a founding that was cut short
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder + ": " + e.getMessage(), e);
    }
  }

  public Path genesisFile() {
    return root.resolve("genesis.json");
  }

  public Path config() {
    return root.resolve("config");
  }

  public Path settingsFile() {
    return config().resolve("application.properties");
  }

  public Path keys() {
    return root.resolve("keys");
  }

  public Path nodeKeys() {
    return keys().resolve("node.keys");
  }

  /** Certificate chain of the admin endpoint, PEM. */
  public Path adminCertificate() {
    return keys().resolve("admin-chain.pem");
  }

  /** Route files that were applied. */
  public Path generations() {
    return root.resolve("generations");
  }

  /** How far each FHIR server has been read. */
  public Path polls() {
    return root.resolve("polls");
  }

  public Path inbox() {
    return root.resolve("inbox");
  }

  public Path outbox() {
    return root.resolve("outbox");
  }

  /** The institution's own encrypted index from patient identifiers to records. */
  public Path patients() {
    return root.resolve("patients");
  }

  public Path audit() {
    return root.resolve("audit");
  }

  public Path people() {
    return root.resolve("people");
  }

  /** Ciphertext that is not in the blocks. */
  Path blobs() {
    return root.resolve("blobs");
  }

  public Path ledger() {
    return root.resolve("ledger");
  }

  public Path index() {
    return root.resolve("index");
  }

  public Path drop(String format) {
    return root.resolve("drop").resolve(format);
  }

  public Path logs() {
    return root.resolve("logs");
  }
}
