package org.medseal.connectors.dicom;

import java.io.InputStream;
import java.util.Optional;
import java.util.zip.Inflater;

/**
 * What stands before the pixels of an image, and the pixels, still in the stream they came in. To
 * be closed; the stream is its owner's to close.
 */
public final class DicomHead implements AutoCloseable {
  /** Length of pixels that lie in fragments (PS3.5 annex A.4). */
  public static final long ENCAPSULATED = -1;

  private final DicomFile file;
  private final Optional<Pixels> pixels;
  private final Inflater inflater;

  DicomHead(DicomFile file, Optional<Pixels> pixels, Inflater inflater) {
    this.file = file;
    this.pixels = pixels;
    this.inflater = inflater;
  }

  /**
   * Pixels that nobody has read.
   *
   * @param lengthBytes as declared, or {@link #ENCAPSULATED}
   * @param value little endian words, to be read once; nothing where encapsulated
   */
  public record Pixels(int tag, Vr vr, long lengthBytes, InputStream value) {}

  /** Without the pixels and what follows them. */
  public DicomFile file() {
    return file;
  }

  /** Empty for what is no image. */
  public Optional<Pixels> pixels() {
    return pixels;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
