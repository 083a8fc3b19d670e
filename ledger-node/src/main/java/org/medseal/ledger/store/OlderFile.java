package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * A run of older blocks in one file that never changes. Layout: u32 magic | u64 first height | u32
 * count | count times (u32 length, u32 CRC-32C, u8 changes validators) | u32 CRC-32C | the blocks,
 * ascending.
 */
record OlderFile(Path file, long first, List<Entry> entries) {
  private static final int MAGIC = 0x4d534f42; // "MSOB"
  private static final int FIXED = 4 + 8 + 4;
  private static final int ENTRY = 4 + 4 + 1;

  /** Of one file. */
  static final int MAX_BLOCKS = 1 << 12;

  record Entry(int length, int crc, boolean changes) {}

  long last() {
    return first + entries.size() - 1;
  }

  static Path in(Path folder, long first) {
    return folder.resolve(String.format("%020d.blocks", first));
  }

  /** Whole under its name, or not there: written beside it, synced and renamed. */
  static OlderFile write(Path folder, List<OlderBlock> ascending, Disk disk) throws IOException {
    List<byte[]> frames = ascending.stream().map(OlderFile::encode).toList();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      byte[] frame = frames.get(i);
      entries.add(new Entry(frame.length, crc(frame, frame.length), changes(ascending.get(i))));
    }
    OlderFile made =
        new OlderFile(in(folder, ascending.get(0).height()), ascending.get(0).height(), entries);
    Path temporary = made.file.resolveSibling(made.file.getFileName() + ".new");
    try (DiskFile out = disk.create(temporary)) {
      byte[] header = made.header();
      out.write(0, header);
      long at = header.length;
      for (byte[] frame : frames) {
        out.write(at, frame);
        at += frame.length;
      }
      out.sync();
    }
    disk.move(temporary, made.file);
    disk.syncFolder(folder);
    return made;
  }

  private static boolean changes(OlderBlock block) {
    return block.changesValidators();
  }

  private byte[] header() {
    ByteBuffer out = ByteBuffer.allocate(FIXED + entries.size() * ENTRY + Integer.BYTES);
    out.putInt(MAGIC).putLong(first).putInt(entries.size());
    for (Entry each : entries) {
      out.putInt(each.length()).putInt(each.crc()).put((byte) (each.changes() ? 1 : 0));
    }
    return out.putInt(crc(out.array(), out.position())).array();
  }

  /** StoreException DAMAGED names the file. */
  static OlderFile open(Path file, Disk disk) {
    try (DiskFile in = disk.openForReading(file)) {
      byte[] fixed = new byte[FIXED];
      in.read(0, fixed, 0, FIXED);
      int count = ByteBuffer.wrap(fixed).getInt(FIXED - Integer.BYTES);
      if (count < 1 || count > MAX_BLOCKS) {
        throw damaged(file, "its count of blocks is out of bounds");
      }
      byte[] header = new byte[FIXED + count * ENTRY + Integer.BYTES];
      in.read(0, header, 0, header.length);
      return decode(file, header, count);
    } catch (IOException e) {
      throw new StoreException(Reason.DAMAGED, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static OlderFile decode(Path file, byte[] header, int count) {
    ByteBuffer in = ByteBuffer.wrap(header);
    int end = header.length - Integer.BYTES;
    if (in.getInt() != MAGIC || in.getInt(end) != crc(header, end)) {
      throw damaged(file, "its header has been changed");
    }
    long first = in.getLong();
    in.getInt();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(new Entry(in.getInt(), in.getInt(), in.get() != 0));
    }
    return new OlderFile(file, first, entries);
  }

  OlderBlock read(long height, Disk disk) {
    int index = (int) (height - first);
    long at = header().length;
    for (Entry each : entries.subList(0, index)) {
      at += each.length();
    }
    Entry entry = entries.get(index);
    if (entry.length() < 0 || entry.length() > BlockSegments.MAX_FRAME_BYTES) {
      throw damaged(file, "the length of block " + height + " is out of bounds");
    }
    byte[] frame = new byte[entry.length()];
    try (DiskFile in = disk.openForReading(file)) {
      in.read(at, frame, 0, frame.length);
      if (crc(frame, frame.length) != entry.crc()) {
        throw damaged(file, "block " + height + " at offset " + at + " has been changed");
      }
      return decode(frame);
    } catch (CodecException | IOException e) {
      throw new StoreException(
          Reason.DAMAGED, "block " + height + " in " + file + " at offset " + at, e);
    }
  }

  private static byte[] encode(OlderBlock block) {
    CanonicalWriter out =
        new CanonicalWriter().bytes(Blocks.encode(block.stored().block())).bytes(block.note());
    Votes.writeCertificate(out, block.stored().certificate());
    return out.toByteArray();
  }

  private static OlderBlock decode(byte[] frame) {
    CanonicalReader in = new CanonicalReader(frame);
    Block block =
        Blocks.decode(
            in.bytes(BlockSegments.MAX_FRAME_BYTES).toArray(), BlockSegments.MAX_FRAME_BYTES);
    Bytes note = in.bytes(BlockSegments.MAX_OUTCOME_BYTES);
    OlderBlock older = new OlderBlock(new StoredBlock(block, Votes.readCertificate(in)), note);
    in.end();
    return older;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static StoreException damaged(Path file, String what) {
    return new StoreException(Reason.DAMAGED, file + " is damaged: " + what);
  }
}
