package org.medseal.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.SeededRandom;

/** The real openssl on the other side. Required where CI=true, skipped elsewhere if missing. */
class OpenSslTest {
  private static final String PASSPHRASE = "correct horse \u00e4\u00f6";
  private final SeededRandom random = new SeededRandom(3);
  @TempDir Path folder;

  @BeforeAll
  static void needsOpenSsl() throws Exception {
    boolean present = false;
    try {
      present = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException missing) {
      assertThat(System.getenv("CI")).as("openssl is required in CI").isNotEqualTo("true");
    }
    Assumptions.assumeTrue(present, "openssl is not installed: interoperability not tested");
  }

  @Test
  void opensslDecryptsWhatWeWrap() throws Exception {
    Sm2PrivateKey key = Sm2PrivateKey.generate(random);
    write("key.pem", key.toEncryptedPem(PASSPHRASE.toCharArray(), random));
    try (SecretBytes dataKey = SecretBytes.random(16, random)) {
      Files.write(folder.resolve("wrapped"), key.publicKey().wrap(dataKey, random));
      openssl(
          "pkeyutl",
          "-decrypt",
          "-inkey",
          "key.pem",
          "-passin",
          "pass:" + PASSPHRASE,
          "-in",
          "wrapped",
          "-out",
          "clear");
      assertThat(Files.readAllBytes(folder.resolve("clear"))).isEqualTo(dataKey.copy());
    }
  }

  @Test
  void weUnwrapWhatOpensslEncryptsAndReadItsEncryptedKey() throws Exception {
    openssl("genpkey", "-algorithm", "SM2", "-out", "plain.pem");
    openssl("pkey", "-in", "plain.pem", "-pubout", "-out", "public.pem");
    openssl(
        "pkcs8",
        "-topk8",
        "-v2",
        "aes-256-cbc",
        "-v2prf",
        "hmacWithSHA256",
        "-in",
        "plain.pem",
        "-passout",
        "pass:" + PASSPHRASE,
        "-out",
        "encrypted.pem");
    byte[] dataKey = new byte[16];
    random.nextBytes(dataKey);
    Files.write(folder.resolve("clear"), dataKey);
    openssl(
        "pkeyutl", "-encrypt", "-pubin", "-inkey", "public.pem", "-in", "clear", "-out", "wrapped");

    Sm2PrivateKey key =
        Sm2PrivateKey.fromEncryptedPem(read("encrypted.pem"), PASSPHRASE.toCharArray());
    assertThat(key.unwrap(Files.readAllBytes(folder.resolve("wrapped"))).copy()).isEqualTo(dataKey);
    assertThat(Sm2PublicKey.fromPem(read("public.pem"))).isEqualTo(key.publicKey());
  }

  @Test
  void opensslEncryptsToThePublicKeyWeWrite() throws Exception {
    Sm2PrivateKey key = Sm2PrivateKey.generate(random);
    write("public.pem", key.publicKey().toPem());
    byte[] dataKey = new byte[16];
    random.nextBytes(dataKey);
    Files.write(folder.resolve("clear"), dataKey);
    for (int i = 0; i < 3; i++) {
      openssl(
          "pkeyutl",
          "-encrypt",
          "-pubin",
          "-inkey",
          "public.pem",
          "-in",
          "clear",
          "-out",
          "wrapped");
      assertThat(key.unwrap(Files.readAllBytes(folder.resolve("wrapped"))).copy())
          .isEqualTo(dataKey);
    }
  }

  private void openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("openssl finishes").isTrue();
    assertThat(process.exitValue()).as(read("log")).isZero();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
