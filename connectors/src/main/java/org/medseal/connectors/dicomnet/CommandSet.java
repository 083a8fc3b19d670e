package org.medseal.connectors.dicomnet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A DIMSE command (PS3.7 section 6.3): elements of group 0000, always implicit VR little endian.
 */
final class CommandSet {
  static final int AFFECTED_SOP_CLASS = 0x0002;
  static final int COMMAND_FIELD = 0x0100;
  static final int MESSAGE_ID = 0x0110;
  static final int RESPONDED_MESSAGE_ID = 0x0120;
  static final int PRIORITY = 0x0700;
  static final int DATA_SET_TYPE = 0x0800;
  static final int STATUS = 0x0900;
  static final int AFFECTED_SOP_INSTANCE = 0x1000;

  static final int C_STORE_RQ = 0x0001;
  static final int C_ECHO_RQ = 0x0030;
  static final int C_CANCEL_RQ = 0x0FFF;
  static final int RESPONSE = 0x8000;

  /** (0000,0800): no data set follows. */
  static final int NO_DATA_SET = 0x0101;

  private static final int HEAD_BYTES = 8;

  /** By element number; the group length is not among them. */
  private final Map<Integer, byte[]> elements = new TreeMap<>();

  /** Empty for bytes that are no command. */
  static Optional<CommandSet> read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    CommandSet command = new CommandSet();
    while (in.hasRemaining()) {
      if (in.remaining() < HEAD_BYTES || in.getShort() != 0) {
        return Optional.empty();
      }
      int element = in.getShort() & 0xFFFF;
      long length = in.getInt() & 0xFFFFFFFFL;
      if (length > in.remaining()) {
        return Optional.empty();
      }
      byte[] value = new byte[(int) length]; // no longer than what is here
      in.get(value);
      if (element != 0) {
        command.elements.put(element, value);
      }
    }
    return Optional.of(command);
  }

  CommandSet number(int element, int value) {
    elements.put(element, new byte[] {(byte) value, (byte) (value >>> 8)});
    return this;
  }

  /** Filled up to even length with a NUL. */
  CommandSet uid(int element, String uid) {
    byte[] bytes = uid.getBytes(StandardCharsets.ISO_8859_1);
    elements.put(element, Arrays.copyOf(bytes, bytes.length + (bytes.length & 1)));
    return this;
  }

  /** Empty where it is missing or no number of two bytes. */
  Optional<Integer> number(int element) {
    return Optional.ofNullable(elements.get(element))
        .filter(value -> value.length == Short.BYTES)
        .map(value -> (value[0] & 0xFF) | (value[1] & 0xFF) << 8);
  }

  /** Without its padding; empty where it is missing or no UID. */
  Optional<String> uid(int element) {
    return Optional.ofNullable(elements.get(element))
        .map(value -> new String(value, StandardCharsets.ISO_8859_1))
        .map(text -> text.replaceFirst("[\0 ]+$", ""))
        .filter(Uids::isValid);
  }

  /** Any other value but 0101H says that one follows. */
  boolean hasDataSet() {
    return number(DATA_SET_TYPE).filter(type -> type == NO_DATA_SET).isEmpty();
  }

  byte[] toBytes() {
    int length = elements.values().stream().mapToInt(value -> HEAD_BYTES + value.length).sum();
    ByteBuffer out =
        ByteBuffer.allocate(HEAD_BYTES + Integer.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0).putInt(Integer.BYTES).putInt(length);
    elements.forEach(
        (element, value) ->
            out.putShort((short) 0).putShort(element.shortValue()).putInt(value.length).put(value));
    return out.array();
  }
}
