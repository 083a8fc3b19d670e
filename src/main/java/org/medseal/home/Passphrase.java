package org.medseal.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the passphrase of a node's key file comes from: the file named by {@code
 * MEDSEAL_PASSPHRASE_FILE}, else the file {@code <home>.passphrase} beside the home, else a prompt.
 */
public final class Passphrase {
  /** Environment variable naming a file whose first line is the passphrase. */
  public static final String FILE_VARIABLE = "MEDSEAL_PASSPHRASE_FILE";

  private static final int GENERATED_BYTES = 24;
  private static final Set<PosixFilePermission> WRITE_BY_OTHERS =
      PosixFilePermissions.fromString("----w--w-");

  private Passphrase() {}

  /** Of an existing home; PASSPHRASE when there is none to be had. */
  public static char[] of(Home home, Map<String, String> environment) {
    String named = environment.get(FILE_VARIABLE);
    if (named != null && !named.isBlank()) {
      return read(Path.of(named));
    }
    if (Files.exists(besideOf(home))) {
      return read(besideOf(home));
    }
    return prompt("Passphrase of " + home.nodeKeys())
        .orElseThrow(
            () ->
                new HomeException(
                    HomeException.Reason.PASSPHRASE,
                    "no passphrase for "
                        + home.nodeKeys()
                        + ": set "
                        + FILE_VARIABLE
                        + " to a file holding it"));
  }

  /** What is typed at a prompt; empty where nobody can be asked or nothing was typed. */
  public static Optional<char[]> prompt(String what) {
    return Optional.ofNullable(System.console())
        .map(console -> console.readPassword("%s: ", what))
        .filter(typed -> typed.length > 0);
  }

  /**
   * For a home about to be made: as {@link #of}, but one is generated into the file beside the home
   * if none is given.
   */
  public static char[] forNew(Home home, Map<String, String> environment) {
    boolean given = environment.containsKey(FILE_VARIABLE) || Files.exists(besideOf(home));
    return given ? of(home, environment) : writeGenerated(besideOf(home));
  }

  /** The file beside a home; outside it, so that a copy of the home alone opens nothing. */
  public static Path besideOf(Home home) {
    return home.root().resolveSibling(home.root().getFileName() + ".passphrase");
  }

  /** 192 random bits in printable form, written for the owner alone. */
  public static char[] writeGenerated(Path file) {
    char[] passphrase = generate();
    write(file, passphrase);
    return passphrase;
  }

  /** 192 random bits in printable form. */
  public static char[] generate() {
    byte[] random = new byte[GENERATED_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random).toCharArray();
  }

  static void write(Path file, char[] passphrase) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, new String(passphrase) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.PASSPHRASE, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * First line of a file that nobody but its owner may write; readable ones are common with mounted
   * secrets.
   */
  public static char[] read(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(WRITE_BY_OTHERS::contains)) {
        throw new HomeException(
            HomeException.Reason.PASSPHRASE,
            "passphrase file " + file + " can be written by others: chmod 600 it");
      }
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        System.err.println("medseal: warning: " + file + " can be read by everybody");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      char[] line = text.lines().findFirst().orElse("").toCharArray();
      if (line.length == 0) {
        throw new HomeException(
            HomeException.Reason.PASSPHRASE, "passphrase file " + file + " is empty");
      }
      return line;
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.PASSPHRASE,
          "cannot read the passphrase file " + file + ": " + e.getClass().getSimpleName(),
          e);
    }
  }

  /** Overwrites it. */
  public static void wipe(char[] passphrase) {
    Arrays.fill(passphrase, '\0');
  }
}
