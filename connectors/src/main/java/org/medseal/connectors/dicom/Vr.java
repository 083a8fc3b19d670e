package org.medseal.connectors.dicom;

import java.util.Optional;

/** Value representations of PS3.5 section 6.2. */
public enum Vr {
  AE(Kind.ASCII, 1, false),
  AS(Kind.ASCII, 1, false),
  AT(Kind.BINARY, 2, false),
  CS(Kind.ASCII, 1, false),
  DA(Kind.ASCII, 1, false),
  DS(Kind.ASCII, 1, false),
  DT(Kind.ASCII, 1, false),
  FD(Kind.BINARY, 8, false),
  FL(Kind.BINARY, 4, false),
  IS(Kind.ASCII, 1, false),
  LO(Kind.TEXT, 1, false),
  LT(Kind.LONG_TEXT, 1, false),
  OB(Kind.BINARY, 1, true),
  OD(Kind.BINARY, 8, true),
  OF(Kind.BINARY, 4, true),
  OL(Kind.BINARY, 4, true),
  OV(Kind.BINARY, 8, true),
  OW(Kind.BINARY, 2, true),
  PN(Kind.TEXT, 1, false),
  SH(Kind.TEXT, 1, false),
  SL(Kind.BINARY, 4, false),
  SQ(Kind.SEQUENCE, 1, true),
  SS(Kind.BINARY, 2, false),
  ST(Kind.LONG_TEXT, 1, false),
  SV(Kind.BINARY, 8, true),
  TM(Kind.ASCII, 1, false),
  UC(Kind.TEXT, 1, true),
  UI(Kind.ASCII, 1, false),
  UL(Kind.BINARY, 4, false),
  UN(Kind.BINARY, 1, true),
  UR(Kind.ASCII_LONG, 1, true),
  US(Kind.BINARY, 2, false),
  UT(Kind.LONG_TEXT, 1, true),
  UV(Kind.BINARY, 8, true);

  private enum Kind {
    ASCII,
    ASCII_LONG,
    TEXT,
    LONG_TEXT,
    BINARY,
    SEQUENCE
  }

  private static final Vr[] ALL = values();

  private final Kind kind;
  private final int wordBytes;
  private final boolean longLength;

  Vr(Kind kind, int wordBytes, boolean longLength) {
    this.kind = kind;
    this.wordBytes = wordBytes;
    this.longLength = longLength;
  }

  static Optional<Vr> of(int first, int second) {
    for (Vr vr : ALL) {
      if (vr.name().charAt(0) == first && vr.name().charAt(1) == second) {
        return Optional.of(vr);
      }
    }
    return Optional.empty();
  }

  /** True where the value is characters of any repertoire. */
  public boolean isText() {
    return kind != Kind.BINARY && kind != Kind.SEQUENCE;
  }

  /** True where (0008,0005) says how to read the characters. */
  public boolean followsCharacterSet() {
    return kind == Kind.TEXT || kind == Kind.LONG_TEXT;
  }

  /** True where a backslash separates values. */
  public boolean isMultiValued() {
    return kind == Kind.ASCII || kind == Kind.TEXT;
  }

  /** Bytes that change places together between little and big endian. */
  public int wordBytes() {
    return wordBytes;
  }

  /** True where the explicit form has a 32-bit length (PS3.5 table 7.1-1). */
  public boolean hasLongLength() {
    return longLength;
  }

  /** What fills a value up to even length. */
  public byte padding() {
    return (byte) (isText() && this != UI ? ' ' : 0);
  }
}
