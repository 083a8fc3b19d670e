package org.medseal.cli;

import java.nio.file.Path;
import org.medseal.home.HomeException;
import org.medseal.home.Passphrase;
import picocli.CommandLine.Option;

/** Where a person's password comes from: a file, else a prompt. */
final class PasswordFile {
  @Option(
      names = "--password-file",
      description = "File whose first line is the password; else a prompt.")
  private Path file;

  /** To be wiped. */
  char[] read() {
    return file == null ? prompt() : Passphrase.read(file);
  }

  private static char[] prompt() {
    return Passphrase.prompt("Password")
        .orElseThrow(
            () ->
                new HomeException(
                    HomeException.Reason.PASSPHRASE, "no password: give --password-file"));
  }
}
