package org.medseal.connectors.fhirsearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.ledger.model.Bytes;

/** Keeps one small file a feed, sealed under the storage key and replaced as a whole. */
public final class PollStates {
  private static final String CONTEXT = "medseal fhir poll ";

  private final Path folder;
  private final LocalCipher cipher;

  /** The folder is made when the first state is kept. */
  public PollStates(Path folder, LocalCipher cipher) {
    this.folder = folder;
    this.cipher = cipher;
  }

  /** An empty one for a feed that never polled. */
  PollState load(String feed) {
    Path file = file(feed);
    try {
      return Files.exists(file)
          ? PollState.decode(cipher.open(CONTEXT + feed, Files.readAllBytes(file)))
          : new PollState();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Durable when it returns; after a crash it is the old or the new one. */
  void keep(String feed, PollState state) {
    Path file = file(feed);
    Path fresh = folder.resolve(feed + ".new");
    try {
      Files.createDirectories(folder);
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(cipher.seal(CONTEXT + feed, state.encode()));
        while (left.hasRemaining()) {
          out.write(left);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Bytes fingerprint(String feed, byte[]... parts) {
    return Bytes.of(cipher.fingerprint(CONTEXT + feed, parts));
  }

  private Path file(String feed) {
    if (!feed.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("a feed's name has letters, digits and dashes");
    }
    return folder.resolve(feed + ".poll");
  }
}
