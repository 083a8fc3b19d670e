package org.medseal.connectors.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.model.Bytes;

/** The inbox journal's frame: a head without patient values, then label and content, sealed. */
final class InboxFrames {
  static final int RECEIVED = 1;

  private static final int HMAC_LENGTH = 16;
  private static final int MAX_NAME = 256;
  private static final int MAX_SEALED = 1 << 30;

  private final LocalCipher cipher;

  InboxFrames(LocalCipher cipher) {
    this.cipher = cipher;
  }

  byte[] encode(Receival head, Optional<String> label, Content content) {
    byte[] inFrame = head.spooled().isPresent() ? new byte[0] : content.bytes();
    return new CanonicalWriter()
        .string(head.id())
        .string(head.feed())
        .string(head.format().name())
        .u64(head.receivedAtMs())
        .u64(head.lane())
        .fixed(head.fingerprint())
        .optional(head.controlKey(), CanonicalWriter::fixed)
        .flag(head.conflict())
        .optional(head.defect(), (out, reason) -> out.string(reason.name()))
        .optional(head.spooled(), CanonicalWriter::string)
        .u64(content.sizeBytes())
        .bytes(
            cipher.seal(labelContext(head.id()), label.orElse("").getBytes(StandardCharsets.UTF_8)))
        .bytes(cipher.seal(rawContext(head.id()), inFrame))
        .toByteArray();
  }

  /** Head and raw size; the sealed parts are left closed. */
  static Head head(byte[] payload) {
    return readHead(new CanonicalReader(payload));
  }

  /** CryptoException NOT_AUTHENTIC under another storage key. */
  Optional<String> label(byte[] payload) {
    CanonicalReader in = new CanonicalReader(payload);
    Receival head = readHead(in).receival();
    byte[] label = cipher.open(labelContext(head.id()), in.bytes(MAX_SEALED).toArray());
    return Optional.of(new String(label, StandardCharsets.UTF_8)).filter(l -> !l.isEmpty());
  }

  /** From the frame, or from the file it names. */
  Content content(byte[] payload, Spool spool) {
    CanonicalReader in = new CanonicalReader(payload);
    Head whole = readHead(in);
    Receival head = whole.receival();
    in.bytes(MAX_SEALED);
    byte[] raw = cipher.open(rawContext(head.id()), in.bytes(MAX_SEALED).toArray());
    in.end();
    return head.spooled()
        .map(name -> spool.content(name, whole.sizeBytes()))
        .orElseGet(() -> Content.of(raw));
  }

  record Head(Receival receival, long sizeBytes) {}

  private static Head readHead(CanonicalReader in) {
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
    return new Head(receival, in.u64());
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
