package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.engine.embedded.SignRefusedException;
import org.medseal.ledger.engine.embedded.SignState;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * The last signed slot in one small file that is replaced whole: temporary file, fsync, rename,
 * fsync of the folder. After a failed write nothing is signed any more.
 */
public final class SignStateFile implements SignState {
  private static final int VERSION = 1;
  private static final int MAX_SIGN_BYTES = 4096;
  private static final int SIGNATURE_BYTES = 64;

  private final Disk disk;
  private final Path file;
  private final Path temporary;
  private Optional<Signed> last;
  private boolean failed;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Signed(SignSlot slot, byte[] signBytes, byte[] signature) {}

  private SignStateFile(Disk disk, Path file) throws IOException {
    this.disk = disk;
    this.file = file;
    this.temporary = file.resolveSibling(file.getFileName() + ".new");
    if (disk.exists(temporary)) {
      disk.delete(temporary);
    }
    last = disk.exists(file) ? Optional.of(load()) : Optional.empty();
  }

  /** StoreException DAMAGED if the file is not what was written: never sign past that. */
  public static SignStateFile open(Path file, Disk disk) {
    try {
      return new SignStateFile(disk, file);
    } catch (IOException e) {
      throw new StoreException(Reason.DAMAGED, "cannot read the sign-state " + file, e);
    }
  }

  boolean exists() {
    return last.isPresent();
  }

  /** Writes a slot before all others: from now on a missing file means that it was lost. */
  void initialize() {
    record(new SignSlot(0, 0, 0), new byte[0], new byte[SIGNATURE_BYTES]);
  }

  @Override
  public synchronized Optional<byte[]> signatureFor(SignSlot slot, byte[] signBytes) {
    requireUsable();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Signed signed = last.get();
    int order = slot.compareTo(signed.slot());
    if (order < 0) {
      throw new SignRefusedException(
          "asked to sign " + slot + " after " + signed.slot() + " has been signed");
    }
    if (order > 0) {
      return Optional.empty();
    }
    if (!Arrays.equals(signBytes, signed.signBytes())) {
      throw new SignRefusedException("asked to sign something else in " + slot);
    }
    return Optional.of(signed.signature().clone());
  }

  @Override
  public synchronized void record(SignSlot slot, byte[] signBytes, byte[] signature) {
    Optional<byte[]> known = signatureFor(slot, signBytes);
    if (known.isPresent()) {
      if (!Arrays.equals(known.get(), signature)) {
        throw new SignRefusedException("another signature is on record for " + slot);
      }
      return;
    }
    Signed signed = new Signed(slot, signBytes.clone(), signature.clone());
    failed = true; // until it is known to be on disk
    try {
      store(encode(signed));
    } catch (IOException e) {
      throw new StoreException(
          Reason.WRITE_FAILED, "cannot write the sign-state " + file + "; nothing is signed", e);
    }
    failed = false;
    last = Optional.of(signed);
  }

  private void requireUsable() {
    if (failed) {
      throw new StoreException(
          Reason.WRITE_FAILED, "an earlier write of the sign-state " + file + " failed");
    }
  }

  private void store(byte[] content) throws IOException {
    try (DiskFile out = disk.create(temporary)) {
      out.write(0, content);
      out.sync();
    }
    disk.move(temporary, file);
    disk.syncFolder(file.getParent());
  }

  private static byte[] encode(Signed signed) {
    byte[] body =
        new CanonicalWriter()
            .u8(VERSION)
            .u64(signed.slot().height())
            .u32(signed.slot().round())
            .u8(signed.slot().step())
            .bytes(signed.signBytes())
            .fixed(Bytes.of(signed.signature()).requireLength(SIGNATURE_BYTES, "signature"))
            .toByteArray();
    return new CanonicalWriter().bytes(body).u64(crc(body)).toByteArray();
  }

  private Signed load() throws IOException {
    byte[] content;
    try (DiskFile in = disk.openForReading(file)) {
      content = new byte[(int) Math.min(in.size(), 2 * MAX_SIGN_BYTES)];
      in.read(0, content, 0, content.length);
    }
    try {
      return decode(content);
    } catch (CodecException e) {
      throw new StoreException(
          Reason.DAMAGED,
          "the sign-state " + file + " is damaged (" + e.getMessage() + "); see `medseal doctor`",
          e);
    }
  }

  private static Signed decode(byte[] content) {
    CanonicalReader outer = new CanonicalReader(content);
    byte[] body = outer.bytes(2 * MAX_SIGN_BYTES).toArray();
    long crc = outer.u64();
    outer.end();
    if (crc != crc(body)) {
      throw new CodecException(CodecException.Reason.BAD_VALUE, "checksum differs");
    }
    CanonicalReader in = new CanonicalReader(body);
    int version = in.u8();
    if (version != VERSION) {
      throw new CodecException(CodecException.Reason.BAD_VALUE, "format version " + version);
    }
    Signed signed =
        new Signed(
            new SignSlot(in.u64(), in.u32(), in.u8()),
            in.bytes(MAX_SIGN_BYTES).toArray(),
            in.fixed(SIGNATURE_BYTES).toArray());
    in.end();
    return signed;
  }

  private static long crc(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return crc.getValue();
  }
}
