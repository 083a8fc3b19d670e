package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * Every blob a record on the ledger names, in the order of the ledger, in one file of entries of
 * one length: u64 height | root | u64 size | CRC-32C. It takes no memory, and is rebuilt from the
 * blocks where it ends or does not read. Size 0 marks a height up to which there is no other blob.
 * One thread at a time.
 */
final class BlobCatalog implements AutoCloseable {
  static final int ENTRY = Long.BYTES + Hash.LENGTH + Long.BYTES + Integer.BYTES;

  /** Blocks without blobs between two marks: what is read again at a start. */
  private static final int MARK_BLOCKS = 1_000;

  private final DiskFile file;
  private long entries;
  private long height;
  private long markedHeight;

  /**
   * @param height of the block that names it
   */
  record Entry(long height, Hash chunkRoot, long sizeBytes) {
    boolean isBlob() {
      return sizeBytes > 0;
    }

    Payload.Blob blob() {
      return new Payload.Blob(chunkRoot, sizeBytes, Payload.Blob.chunks(sizeBytes));
    }
  }

  private BlobCatalog(DiskFile file) {
    this.file = file;
  }

  /**
   * Hands every blob's entry on, up to the first that does not read; what follows that one is cut.
   */
  static BlobCatalog open(Path path, Disk disk, Consumer<Entry> each) {
    try {
      boolean exists = disk.exists(path);
      BlobCatalog catalog = new BlobCatalog(exists ? disk.open(path) : disk.create(path));
      if (!exists) {
        disk.syncFolder(path.getParent());
      }
      catalog.load(each);
      return catalog;
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
  }

  private void load(Consumer<Entry> each) throws IOException {
    long count = file.size() / ENTRY;
    List<Entry> block = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Optional<Entry> entry = read(i).filter(found -> found.height() >= height);
      if (entry.isEmpty()) {
        break;
      }
      if (entry.get().height() > height) {
        block.stream().filter(Entry::isBlob).forEach(each);
        block.clear();
        entries = i;
      }
      height = entry.get().height();
      block.add(entry.get());
    }
    // The last block's entries may not be all there: it is read again.
    height = Math.max(0, height - 1);
    markedHeight = height;
    file.truncate(entries * ENTRY);
  }

  /** Blocks up to here are in it. */
  long height() {
    return height;
  }

  long entries() {
    return entries;
  }

  void add(long blockHeight, List<Payload.Blob> blobs) {
    try {
      for (Payload.Blob blob : blobs) {
        append(new Entry(blockHeight, blob.chunkRoot(), blob.sizeBytes()));
      }
      if (blobs.isEmpty() && blockHeight - markedHeight >= MARK_BLOCKS) {
        append(new Entry(blockHeight + 1, Hash.ZERO, 0));
      }
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
    height = Math.max(height, blockHeight);
  }

  private void append(Entry entry) throws IOException {
    file.write(entries * ENTRY, encode(entry));
    entries++;
    markedHeight = entry.height();
  }

  /** Empty for a mark and for what does not read. */
  Optional<Entry> blobAt(long index) {
    try {
      return read(index).filter(Entry::isBlob);
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
  }

  private Optional<Entry> read(long index) throws IOException {
    byte[] bytes = new byte[ENTRY];
    file.read(index * ENTRY, bytes, 0, ENTRY);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(ENTRY - Integer.BYTES) != checksum(bytes)) {
      return Optional.empty();
    }
    long at = in.getLong();
    byte[] root = new byte[Hash.LENGTH];
    in.get(root);
    return Optional.of(new Entry(at, Hash.of(root), in.getLong()));
  }

  private static byte[] encode(Entry entry) {
    ByteBuffer out = ByteBuffer.allocate(ENTRY);
    out.putLong(entry.height()).put(entry.chunkRoot().toArray()).putLong(entry.sizeBytes());
    return out.putInt(checksum(out.array())).array();
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(Arrays.copyOf(bytes, ENTRY - Integer.BYTES));
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
