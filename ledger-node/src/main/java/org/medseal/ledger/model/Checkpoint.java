package org.medseal.ledger.model;

/**
 * A block given out of band, from which a stranger to the chain can start to trust. Its text form
 * is {@code HEIGHT:HEX}, the height in decimal and the block's id in 64 lower-case hex digits.
 */
public record Checkpoint(long height, Hash blockId) {
  private static final int HEX_DIGITS = 2 * Hash.LENGTH;

  public Checkpoint {
    if (height < 1) {
      throw new IllegalArgumentException("there is no block of height " + height);
    }
  }

  /** IllegalArgumentException, which says the form, for any other text. */
  public static Checkpoint parse(String text) {
    int colon = text.length() - HEX_DIGITS - 1;
    try {
      if (colon > 0 && text.charAt(colon) == ':') {
        Checkpoint read =
            new Checkpoint(
                Long.parseLong(text.substring(0, colon)), Hash.fromHex(text.substring(colon + 1)));
        if (read.toString().equals(text)) {
          return read;
        }
      }
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private static IllegalArgumentException malformed(Throwable cause) {
    return new IllegalArgumentException(
        "a checkpoint is HEIGHT:HASH, the height in decimal and 64 lower-case hex digits", cause);
  }

  @Override
  public String toString() {
    return height + ":" + blockId.hex();
  }
}
