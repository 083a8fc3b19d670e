package org.medseal.connectors.dicomnet.pdu;

/**
 * A presentation data value: one fragment of a command or of a data set (PS3.8 annex E).
 *
 * @param bytes handed over, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once
public record Pdv(int contextId, boolean command, boolean last, byte[] bytes) {
  /** Length field, context id and control header before the bytes. */
  public static final int OVERHEAD = 6;

  @Override
  public String toString() {
    return "Pdv[" + contextId + (command ? ", command, " : ", data, ") + bytes.length + " bytes]";
  }
}
