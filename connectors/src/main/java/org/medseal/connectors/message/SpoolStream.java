package org.medseal.connectors.message;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Bytes;

/**
 * One message on its way in: on the heap up to what a frame of the inbox takes, above it sealed
 * into a file while it is written. {@link #finish} makes it durable, {@link MessageStore#receive}
 * takes it over, and {@link #close} deletes it unless it was taken. Not for several threads.
 *
 * <pre>{@code
 * try (SpoolStream spool = store.spool().create()) {
 *   // write, as fragments arrive
 *   Receipt receipt = store.receive(new Arrival(feed, format, spool.finish(), ...));
 * }
 * }</pre>
 */
public final class SpoolStream extends OutputStream {
  /** Up to so much goes into the journal itself, whose syncs are shared. */
  static final int IN_JOURNAL_BYTES = 1 << 20;

  private static final long CHECK_DISK_EVERY = 16L << 20;

  private final Spool spool;
  private final String name;
  private byte[] head;
  private Optional<Writing> writing = Optional.empty();
  private Optional<Content> finished = Optional.empty();
  private final MessageDigest digest = Digests.newSha256();
  private boolean taken;
  private long sizeBytes;

  private record Writing(FileChannel channel, OutputStream sealing) {}

  SpoolStream(Spool spool, String name) {
    this.spool = spool;
    this.name = name;
    this.head = new byte[spool.usualBytes()];
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** MessageException TOO_LARGE above the store's limit; BackPressureException on a full disk. */
  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    if (finished.isPresent()) {
      throw new IOException("the message is finished");
    }
    if (sizeBytes + length > spool.mostBytes()) {
      throw new MessageException(
          MessageException.Reason.TOO_LARGE, "a message may have " + spool.mostBytes() + " bytes");
    }
    if (sizeBytes / CHECK_DISK_EVERY != (sizeBytes + length) / CHECK_DISK_EVERY) {
      spool.requireDisk();
    }
    digest.update(from, offset, length);
    if (writing.isEmpty() && sizeBytes + length > IN_JOURNAL_BYTES) {
      toFile();
    }
    if (writing.isPresent()) {
      writing.get().sealing().write(from, offset, length);
    } else {
      toHead(from, offset, length);
    }
    sizeBytes += length;
  }

  private void toHead(byte[] from, int offset, int length) {
    int held = (int) sizeBytes;
    if (held + length > head.length) {
      int doubled = Math.min(2 * head.length, IN_JOURNAL_BYTES);
      head = Arrays.copyOf(head, Math.max(held + length, doubled));
    }
    System.arraycopy(from, offset, head, held, length);
  }

  private void toFile() throws IOException {
    FileChannel channel =
        FileChannel.open(spool.file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    OutputStream sealing =
        spool
            .cipher()
            .sealing(Spool.context(name), new LeftOpen(Channels.newOutputStream(channel)));
    writing = Optional.of(new Writing(channel, sealing));
    sealing.write(head, 0, (int) sizeBytes);
    head = new byte[0];
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  /** What was written; a file is on disk when it returns. */
  public Content finish() throws IOException {
    if (finished.isPresent()) {
      return finished.get();
    }
    if (writing.isPresent()) {
      writing.get().sealing().close();
      writing.get().channel().force(true);
      writing.get().channel().close();
      spool.syncFolder();
      SpooledContent.Written written =
          new SpooledContent.Written(Bytes.of(digest.digest()), () -> taken = true);
      finished = Optional.of(new SpooledContent(spool, name, sizeBytes, Optional.of(written)));
    } else {
      Content inHead = Content.of(head, (int) sizeBytes);
      spool.noteUsual((int) sizeBytes);
      finished = Optional.of(new HashedContent(inHead, Bytes.of(digest.digest())));
    }
    return finished.get();
  }

  /** Forgets what no store has taken. */
  @Override
  public void close() throws IOException {
    if (writing.isPresent() && !taken) {
      writing.get().channel().close();
      spool.delete(name);
    }
  }

  /** The channel is synced after the last segment, so it outlives the sealing stream. */
  private static final class LeftOpen extends FilterOutputStream {
    LeftOpen(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      out.write(from, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
