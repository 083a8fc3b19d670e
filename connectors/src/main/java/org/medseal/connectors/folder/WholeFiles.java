package org.medseal.connectors.folder;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;

/** One message a file. A file above the limit comes in pieces, to be kept back as too large. */
public final class WholeFiles {
  private final int maxMessageBytes;

  public WholeFiles(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** An empty file is one unparsable item; UncheckedIOException while iterating. */
  public Iterator<FileItem> split(InputStream file) throws IOException {
    byte[] first = file.readNBytes(maxMessageBytes);
    int more = file.read();
    if (more < 0) {
      file.close();
      return first.length == 0
          ? List.of(FileItem.broken(first, QuarantineReason.UNPARSABLE)).iterator()
          : List.of(FileItem.message(first)).iterator();
    }
    InputStream one = new ByteArrayInputStream(new byte[] {(byte) more});
    return new Pieces(first, new SequenceInputStream(one, file));
  }

  private final class Pieces implements Iterator<FileItem>, Closeable {
    private final InputStream rest;
    private Optional<byte[]> next;

    Pieces(byte[] first, InputStream rest) {
      this.rest = rest;
      this.next = Optional.of(first);
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public FileItem next() {
      byte[] bytes = next.orElseThrow(NoSuchElementException::new);
      try {
        next = Optional.of(rest.readNBytes(maxMessageBytes)).filter(m -> m.length > 0);
        if (next.isEmpty()) {
          rest.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return FileItem.broken(bytes, QuarantineReason.TOO_LARGE);
    }

    @Override
    public void close() throws IOException {
      rest.close();
    }
  }
}
