package org.medseal.connectors.stow;

import java.util.Optional;

/**
 * An instance that was not stored.
 *
 * @param instance if it could be read so far
 */
record Failure(Optional<Instance> instance, Reason reason) {
  /** Failure reasons of (0008,1197) (PS3.18 section 10.5.3, PS3.4 table GG.4-1). */
  enum Reason {
    /** Room is missing: send again later. */
    OUT_OF_RESOURCES(0xA700),
    /** Larger than an instance may be. */
    TOO_LARGE(0xA700),
    /** Of another study than the address. */
    OTHER_STUDY(0xA900),
    /** Not application/dicom. */
    OTHER_MEDIA_TYPE(0xC000),
    /** Taken and kept in quarantine, but no DICOM object. */
    NOT_UNDERSTOOD(0xC000),
    /** The disk failed: send again. */
    NOT_STORED(0x0110);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
