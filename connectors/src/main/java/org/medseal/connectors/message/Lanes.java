package org.medseal.connectors.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.medseal.connectors.deidentify.Format;
import org.medseal.crypto.aead.LocalCipher;

/**
 * Which messages of a feed must be worked on one after the other. An HL7 v2 message that names one
 * patient goes by the first identifier of PID-3 as its bytes stand; a merge (MRG), a message
 * without one, and every FHIR and DICOM message is a barrier, that is: in the feed's order.
 */
final class Lanes {
  /** Waits for everything of the feed before it, and everything after waits for it. */
  static final long BARRIER = 0;

  private static final int MAX_SEGMENTS = 64;
  private static final int PATIENT_FIELD = 3;
  private static final String USUAL_SUBDELIMITERS = "^~&";

  private Lanes() {}

  static long of(Arrival arrival, LocalCipher cipher) {
    if (arrival.format() != Format.HL7V2) {
      return BARRIER;
    }
    Optional<byte[]> patient = patientBytes(arrival.content().bytes());
    if (patient.isEmpty()) {
      return BARRIER;
    }
    byte[] hmac = cipher.fingerprint("medseal inbox lane", patient.get());
    return Math.max(1, ByteBuffer.wrap(hmac).getLong() & Long.MAX_VALUE);
  }

  /** PID-3.1, first repetition, of the only PID; empty for anything less plain. */
  private static Optional<byte[]> patientBytes(byte[] raw) {
    Optional<byte[]> found = Optional.empty();
    int pids = 0;
    int segments = 0;
    String ends = subdelimiters(raw);
    for (int at = 0; at < raw.length; at = next(raw, at)) {
      if (++segments > MAX_SEGMENTS && found.isPresent()) {
        break; // merges and second patients stand near the top
      }
      if (startsWith(raw, at, "MRG")) {
        return Optional.empty();
      }
      if (startsWith(raw, at, "PID")) {
        pids++;
        found = field(raw, at, ends);
      }
    }
    return pids == 1 ? found : Optional.empty();
  }

  private static int next(byte[] raw, int from) {
    int at = from;
    while (at < raw.length && raw[at] != '\r' && raw[at] != '\n') {
      at++;
    }
    while (at < raw.length && (raw[at] == '\r' || raw[at] == '\n')) {
      at++;
    }
    return at;
  }

  /** What ends PID-3.1 within the field: MSH-2 without the escape, as the first segment has it. */
  private static String subdelimiters(byte[] raw) {
    int at = 0;
    while (at < raw.length && !startsWith(raw, at, "MSH")) {
      at++;
    }
    if (at + 8 > raw.length) {
      return USUAL_SUBDELIMITERS;
    }
    String msh = new String(raw, at, 8, StandardCharsets.ISO_8859_1);
    return msh.substring(4, 6) + msh.substring(7, 8);
  }

  private static Optional<byte[]> field(byte[] raw, int segment, String ends) {
    byte separator = segment + 3 < raw.length ? raw[segment + 3] : 0;
    int at = segment + 3;
    for (int field = 0; field < PATIENT_FIELD; field++) {
      at = indexOf(raw, separator, at + (field == 0 ? 0 : 1));
      if (at < 0) {
        return Optional.empty();
      }
    }
    int end = at + 1;
    while (end < raw.length
        && raw[end] != separator
        && raw[end] != '\r'
        && raw[end] != '\n'
        && ends.indexOf(raw[end]) < 0) {
      end++;
    }
    return end == at + 1 ? Optional.empty() : Optional.of(Arrays.copyOfRange(raw, at + 1, end));
  }

  private static int indexOf(byte[] raw, byte wanted, int from) {
    for (int at = from; at < raw.length && raw[at] != '\r' && raw[at] != '\n'; at++) {
      if (raw[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] raw, int at, String name) {
    return at + 3 < raw.length
        && raw[at] == name.charAt(0)
        && raw[at + 1] == name.charAt(1)
        && raw[at + 2] == name.charAt(2);
  }
}
