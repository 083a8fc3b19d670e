package org.medseal.ledger.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block given out of band, from which a stranger to the chain can start to trust. Its text form
 * is {@code HEIGHT:HEX}, the height in decimal and the block's id in 64 lower-case hex digits.
 */
public record Checkpoint(long height, Hash blockId) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

  public Checkpoint {
    if (height < 1) {
      throw new IllegalArgumentException("there is no block of height " + height);
    }
  }

  /** IllegalArgumentException, which says the form, for any other text. */
  public static Checkpoint parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a checkpoint is HEIGHT:HASH, the height in decimal and 64 lower-case hex digits");
    }
    return new Checkpoint(Long.parseLong(matcher.group(1)), Hash.fromHex(matcher.group(2)));
  }

  @Override
  public String toString() {
    return height + ":" + blockId.hex();
  }
}
