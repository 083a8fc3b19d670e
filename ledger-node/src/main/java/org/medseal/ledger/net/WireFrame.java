package org.medseal.ledger.net;

/** One frame on the wire: u32 length of what follows | u8 type | payload. */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record WireFrame(FrameType type, byte[] payload) {
  static final int LENGTH_BYTES = 4;
  static final WireFrame PING = new WireFrame(FrameType.PING, new byte[0]);
}
