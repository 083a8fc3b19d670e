package org.medseal.connectors.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.ledger.model.Bytes;

/**
 * Clear bytes of a spooled file, opened as they are read. Reads throw CryptoException NOT_AUTHENTIC
 * for a file that is not what was written.
 */
final class SpooledContent implements Content {
  private final Spool spool;
  private final String name;
  private final long sizeBytes;
  private final Optional<Written> written;

  /**
   * What its stream knows of it.
   *
   * @param sha256 of the clear bytes
   * @param onTaken run once a message's frame is about to name the file
   */
  record Written(Bytes sha256, Runnable onTaken) {}

  SpooledContent(Spool spool, String name, long sizeBytes, Optional<Written> written) {
    this.spool = spool;
    this.name = name;
    this.sizeBytes = sizeBytes;
    this.written = written;
  }

  String name() {
    return name;
  }

  /** Empty for one that the inbox holds already. */
  Optional<Written> written() {
    return written;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    Objects.checkFromToIndex(offset, sizeBytes, sizeBytes);
    FileChannel channel = FileChannel.open(spool.file(name));
    boolean opened = false;
    try {
      if (LocalCipher.openedLength(channel.size()) != sizeBytes) {
        throw new CryptoException(
            CryptoException.Reason.NOT_AUTHENTIC, "a spooled file is not as long as it was");
      }
      InputStream in = spool.cipher().opening(Spool.context(name), channel, offset);
      opened = true;
      return in;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  @Override
  public String toString() {
    return sizeBytes + " bytes in the spool";
  }
}
