package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medseal.crypto.Digests;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Hash;

/**
 * One blob on disk: the chunks one after the other, and beside them head and hashes. Hashes are
 * written only once their chunks are durable. The name of the second file says what the blob is
 * here for, so that a rename changes it.
 */
final class BlobFile {
  static final String DATA = ".data";

  private final Disk disk;
  private final Path folder;
  private final BlobHead head;

  BlobFile(Disk disk, Path folder, BlobHead head) {
    this.disk = disk;
    this.folder = folder;
    this.head = head;
  }

  BlobHead head() {
    return head;
  }

  Path data() {
    return folder.resolve(head.chunkRoot().hex() + DATA);
  }

  Path meta(String suffix) {
    return folder.resolve(head.chunkRoot().hex() + suffix);
  }

  /** Both files, empty of chunks; durable. */
  void create(String suffix) throws IOException {
    for (Path stale : List.of(data(), meta(suffix))) {
      if (disk.exists(stale)) {
        disk.delete(stale);
      }
    }
    disk.create(data()).close();
    try (DiskFile meta = disk.create(meta(suffix))) {
      meta.write(0, head.encode());
      meta.sync();
    }
    disk.syncFolder(folder);
  }

  void write(int index, byte[] chunk) throws IOException {
    try (DiskFile data = disk.open(data())) {
      data.write(BlobHead.chunkAt(index), chunk);
    }
  }

  /** Chunks written before are durable, and then their hashes from {@code first} on. */
  void sync(String suffix, int first, List<Hash> hashes) throws IOException {
    try (DiskFile data = disk.open(data())) {
      data.sync();
    }
    byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).bytes().copyTo(bytes, i * Hash.LENGTH);
    }
    try (DiskFile meta = disk.open(meta(suffix))) {
      meta.write(BlobHead.hashAt(first), bytes);
      meta.sync();
    }
  }

  void rename(String from, String to) throws IOException {
    disk.move(meta(from), meta(to));
    disk.syncFolder(folder);
  }

  /** As the disk gives it; nobody has checked it. */
  byte[] read(int index) throws IOException {
    byte[] chunk = new byte[head.chunkLength(index)];
    try (DiskFile data = disk.openForReading(data())) {
      data.read(BlobHead.chunkAt(index), chunk, 0, chunk.length);
    }
    return chunk;
  }

  /** Those there are, at most one for each chunk. */
  List<Hash> hashes(String suffix) throws IOException {
    try (DiskFile meta = disk.openForReading(meta(suffix))) {
      long there = Math.max(0, meta.size() - BlobHead.LENGTH) / Hash.LENGTH;
      int count = (int) Math.min(head.chunkCount(), there);
      byte[] bytes = new byte[count * Hash.LENGTH];
      meta.read(BlobHead.LENGTH, bytes, 0, bytes.length);
      List<Hash> hashes = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        hashes.add(Hash.of(Arrays.copyOfRange(bytes, i * Hash.LENGTH, (i + 1) * Hash.LENGTH)));
      }
      return hashes;
    }
  }

  /** Of the chunks as they are, up to where the file ends. */
  List<Hash> rehash() throws IOException {
    long there = dataBytes();
    List<Hash> hashes = new ArrayList<>();
    for (int i = 0; i < head.chunkCount() && endOf(i) <= there; i++) {
      hashes.add(Hash.of(Digests.sha256(read(i))));
    }
    return hashes;
  }

  private long endOf(int index) {
    return BlobHead.chunkAt(index) + head.chunkLength(index);
  }

  private long dataBytes() throws IOException {
    try (DiskFile data = disk.openForReading(data())) {
      return data.size();
    }
  }

  /** Whether all of its bytes are there, right or not. */
  boolean isFull(String suffix) throws IOException {
    if (!disk.exists(data()) || dataBytes() != head.sizeBytes()) {
      return false;
    }
    try (DiskFile meta = disk.openForReading(meta(suffix))) {
      return meta.size() >= BlobHead.hashAt(head.chunkCount());
    }
  }

  /** Durable there, and gone here; the head's name comes last. */
  void moveTo(BlobFile target, String from, String to) throws IOException {
    disk.move(data(), target.data());
    disk.move(meta(from), target.meta(to));
    disk.syncFolder(target.folder);
    disk.syncFolder(folder);
  }

  /** Hashes of the chunks from the first on that are whole on this disk. */
  List<Hash> intact(String suffix) throws IOException {
    List<Hash> intact = new ArrayList<>();
    long there = dataBytes();
    for (Hash hash : hashes(suffix)) {
      int index = intact.size();
      if (endOf(index) > there || !Hash.of(Digests.sha256(read(index))).equals(hash)) {
        break;
      }
      intact.add(hash);
    }
    return intact;
  }

  void delete(String suffix) throws IOException {
    disk.delete(meta(suffix));
    if (disk.exists(data())) {
      disk.delete(data());
    }
    disk.syncFolder(folder);
  }

  /** Empty if there is no readable head. */
  static Optional<BlobHead> readHead(Disk disk, Path meta) throws IOException {
    try (DiskFile file = disk.openForReading(meta)) {
      if (file.size() < BlobHead.LENGTH) {
        return Optional.empty();
      }
      byte[] bytes = new byte[BlobHead.LENGTH];
      file.read(0, bytes, 0, bytes.length);
      return BlobHead.decode(bytes);
    }
  }
}
