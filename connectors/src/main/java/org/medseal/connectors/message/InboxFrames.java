package org.medseal.connectors.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.journal.Frame;
import org.medseal.ledger.model.Bytes;

/**
 * The inbox journal's frames: a head without patient values, then label and content, sealed. A
 * frame that was moved to the journal's end says where it first stood; of what is long finished
 * only the head is kept.
 */
final class InboxFrames {
  static final int RECEIVED = 1;

  /** Where it first stood, then as RECEIVED. */
  static final int CARRIED = 2;

  /** Where it first stood, then the head alone. */
  static final int REMEMBERED = 3;

  /** Fingerprints of messages of which nothing else is kept, with the minute of each. */
  static final int DUPLICATES = 4;

  /** Fingerprints in one frame. */
  static final int MOST_DUPLICATES = 20_000;

  private static final int HMAC_LENGTH = Fingerprints.LENGTH;
  private static final int MAX_NAME = 256;
  private static final int MAX_SEALED = 1 << 30;

  /** Of a frame without its content, about. */
  private static final int HEAD_BYTES = 384;

  private final LocalCipher cipher;

  InboxFrames(LocalCipher cipher) {
    this.cipher = cipher;
  }

  byte[] encode(Receival head, Optional<String> label, Content content) {
    byte[] clear =
        write(new CanonicalWriter(HEAD_BYTES), head, content.sizeBytes())
            .optional(label, (out, text) -> out.bytes(sealedLabel(head.id(), text)))
            .toByteArray();
    ByteBuffer raw = head.spooled().isPresent() ? ByteBuffer.allocate(0) : content.buffer();
    int sealedBytes = LocalCipher.sealedLength(raw.remaining());
    return new CanonicalWriter(clear.length + Integer.BYTES + sealedBytes)
        .fixed(clear)
        .bytes(sealedBytes, room -> cipher.seal(rawContext(head.id()), raw, room))
        .intoByteArray();
  }

  private byte[] sealedLabel(String id, String label) {
    return cipher.seal(labelContext(id), label.getBytes(StandardCharsets.UTF_8));
  }

  private static CanonicalWriter write(CanonicalWriter out, Receival head, long sizeBytes) {
    return out.string(head.id())
        .string(head.feed())
        .string(head.format().name())
        .u64(head.receivedAtMs())
        .u64(head.lane())
        .fixed(head.fingerprint())
        .optional(head.controlKey(), CanonicalWriter::fixed)
        .flag(head.conflict())
        .optional(head.defect(), (to, reason) -> to.string(reason.name()))
        .optional(head.spooled(), CanonicalWriter::string)
        .u64(sizeBytes);
  }

  /** Payload of a CARRIED frame with what this frame holds, content and all. */
  static byte[] carried(Frame frame) {
    return frame.type() == CARRIED
        ? frame.payload()
        : ByteBuffer.allocate(Long.BYTES + frame.payload().length)
            .putLong(frame.position())
            .put(frame.payload())
            .array();
  }

  /** Payload of a REMEMBERED frame. */
  static byte[] remembered(Head head) {
    CanonicalWriter out = new CanonicalWriter().u64(head.order());
    return write(out, head.receival(), head.sizeBytes()).toByteArray();
  }

  /** A finished message of long ago. */
  record Duplicate(Bytes fingerprint, int minute) {}

  static byte[] duplicates(List<Duplicate> all) {
    return new CanonicalWriter()
        .list(all, (to, each) -> to.fixed(each.fingerprint()).u32(each.minute()))
        .toByteArray();
  }

  /** Of a DUPLICATES frame. */
  static List<Duplicate> duplicates(byte[] payload) {
    CanonicalReader in = new CanonicalReader(payload);
    List<Duplicate> all =
        in.list(MOST_DUPLICATES, each -> new Duplicate(each.fixed(HMAC_LENGTH), each.u32()));
    in.end();
    return all;
  }

  /** The sealed parts are left closed. */
  static Head head(Frame frame) {
    return readHead(new CanonicalReader(frame.payload()), frame);
  }

  Optional<String> label(Frame frame) {
    CanonicalReader in = new CanonicalReader(frame.payload());
    Receival head = readHead(in, frame).receival();
    return in.optional(InboxFrames::sealed)
        .map(label -> cipher.open(labelContext(head.id()), label.toArray()))
        .map(label -> new String(label, StandardCharsets.UTF_8));
  }

  /** CryptoException NOT_AUTHENTIC for a frame written under another storage key. */
  void requireOwnKey(Frame frame) {
    raw(frame);
  }

  /** From the frame, or from the file it names. */
  Content content(Frame frame, Spool spool) {
    byte[] raw = raw(frame);
    Head head = head(frame);
    return head.receival()
        .spooled()
        .map(name -> spool.content(name, head.sizeBytes()))
        .orElseGet(() -> Content.of(raw));
  }

  /** Nothing where the content stands in a file; sealed all the same. */
  private byte[] raw(Frame frame) {
    CanonicalReader in = new CanonicalReader(frame.payload());
    Receival head = readHead(in, frame).receival();
    in.optional(InboxFrames::sealed);
    byte[] raw = cipher.open(rawContext(head.id()), sealed(in).toArray());
    in.end();
    return raw;
  }

  private static Bytes sealed(CanonicalReader in) {
    return in.bytes(MAX_SEALED);
  }

  /**
   * A message as the journal has it.
   *
   * @param sizeBytes of the raw content, kept or not
   * @param order where it first stood
   */
  record Head(Receival receival, long sizeBytes, long order, boolean hasContent) {}

  private static Head readHead(CanonicalReader in, Frame frame) {
    long order = frame.type() == RECEIVED ? frame.position() : in.u64();
    Receival receival =
        new Receival(
            in.string(MAX_NAME),
            in.string(MAX_NAME),
            Format.valueOf(in.string(MAX_NAME)),
            in.u64(),
            in.u64(),
            in.fixed(HMAC_LENGTH),
            in.optional(r -> r.fixed(HMAC_LENGTH)),
            in.flag(),
            in.optional(r -> QuarantineReason.valueOf(r.string(MAX_NAME))),
            in.optional(r -> r.string(MAX_NAME)));
    return new Head(receival, in.u64(), order, frame.type() != REMEMBERED);
  }

  /** First 16 bytes of an HMAC under the storage key. */
  static Bytes shortened(byte[] hmac) {
    return Bytes.of(Arrays.copyOf(hmac, HMAC_LENGTH));
  }

  private static String rawContext(String id) {
    return "medseal inbox message " + id;
  }

  private static String labelContext(String id) {
    return "medseal inbox source " + id;
  }
}
