package org.medseal.ledger.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * Layout of a backup: u32 magic | u32 format | u32 number of the ledger rules, not in format 1 |
 * u32 length, genesis | for each block u32 length, frame as in a segment | u32 0 | u64 number of
 * blocks | 32 bytes SHA-256 of all before it.
 */
final class BackupFile {
  private static final int MAGIC = 0x4d53424b; // "MSBK"

  /** To be raised with any of it, frames included. */
  private static final int FORMAT = 2;

  private static final int FORMAT_WITHOUT_RULES = 1;
  private static final int MAX_GENESIS_BYTES = 16 << 20;
  private static final int DIGEST_BYTES = 32;

  private BackupFile() {}

  /** What a backup holds, in order. */
  interface Contents {
    /** Number of the rules under which its last block was decided. */
    void rules(int number) throws IOException;

    void genesis(byte[] json) throws IOException;

    void block(byte[] frame) throws IOException;
  }

  /** Writes one; the digest is written by {@link #finish}. */
  static final class Writer implements Contents {
    private final DigestOutputStream digested;
    private final DataOutputStream out;
    private long blocks;

    Writer(OutputStream target) throws IOException {
      digested = new DigestOutputStream(target, sha256());
      out = new DataOutputStream(digested);
      out.writeInt(MAGIC);
      out.writeInt(FORMAT);
    }

    @Override
    public void rules(int number) throws IOException {
      out.writeInt(number);
    }

    @Override
    public void genesis(byte[] json) throws IOException {
      out.writeInt(json.length);
      out.write(json);
    }

    @Override
    public void block(byte[] frame) throws IOException {
      out.writeInt(frame.length);
      out.write(frame);
      blocks++;
    }

    void finish() throws IOException {
      out.writeInt(0);
      out.writeLong(blocks);
      out.flush();
      byte[] digest = digested.getMessageDigest().digest();
      digested.on(false);
      out.write(digest);
      out.flush();
    }
  }

  /**
   * StoreException DAMAGED unless it is whole to the last byte, OTHER_VERSION if it is in another
   * format; the contents come as it is read.
   */
  static void read(Path file, Contents contents) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      DigestInputStream digested = new DigestInputStream(raw, sha256());
      DataInputStream in = new DataInputStream(digested);
      if (in.readInt() != MAGIC) {
        throw damaged(file, "it is no backup of a ledger");
      }
      contents.rules(format(in, file) == FORMAT_WITHOUT_RULES ? LedgerRules.FIRST : in.readInt());
      contents.genesis(part(in, file, MAX_GENESIS_BYTES));
      long blocks = 0;
      for (byte[] frame = part(in, file, BlockSegments.MAX_FRAME_BYTES);
          frame.length > 0;
          frame = part(in, file, BlockSegments.MAX_FRAME_BYTES)) {
        contents.block(frame);
        blocks++;
      }
      boolean counted = in.readLong() == blocks;
      byte[] digest = digested.getMessageDigest().digest();
      digested.on(false);
      if (!counted || !Arrays.equals(digest, in.readNBytes(DIGEST_BYTES)) || in.read() >= 0) {
        throw damaged(file, "its checksum differs");
      }
    } catch (EOFException e) {
      throw damaged(file, "it ends too early");
    } catch (IOException e) {
      throw new StoreException(
          Reason.DAMAGED, "cannot read the backup " + file + ": " + e.getMessage(), e);
    }
  }

  private static int format(DataInputStream in, Path file) throws IOException {
    int format = in.readInt();
    if (format != FORMAT && format != FORMAT_WITHOUT_RULES) {
      throw new StoreException(
          Reason.OTHER_VERSION,
          "the backup "
              + file
              + " is written in format "
              + Integer.toUnsignedString(format)
              + " and this MedSeal reads formats "
              + FORMAT_WITHOUT_RULES
              + " and "
              + FORMAT
              + " only: restore it with the MedSeal that wrote it");
    }
    return format;
  }

  private static byte[] part(DataInputStream in, Path file, int maxBytes) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > maxBytes) {
      throw damaged(file, "a length in it is out of bounds");
    }
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException();
    }
    return content;
  }

  private static StoreException damaged(Path file, String what) {
    return new StoreException(Reason.DAMAGED, "the backup " + file + " cannot be used: " + what);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
