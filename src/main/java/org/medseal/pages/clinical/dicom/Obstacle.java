package org.medseal.pages.clinical.dicom;

/** Why there is no picture of a frame. */
public enum Obstacle {
  /** There is one. */
  NONE,
  /** The record is no image: a report, a plan, a waveform. */
  NO_PIXELS,
  /** JPEG, JPEG 2000, RLE and the like are not decompressed here. */
  COMPRESSED,
  /** Palettes, bits that do not fill bytes, floating point, colours other than RGB. */
  UNUSUAL,
  /** The record ends before the frame does. */
  CUT,
  /** The image has fewer frames. */
  NO_SUCH_FRAME,
  /** The frame lies behind what is read for showing. */
  TOO_FAR,
  /** The record cannot be read as DICOM. */
  UNREADABLE
}
