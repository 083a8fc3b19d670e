package org.medseal.ledger.engine;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import org.medseal.ledger.model.Checkpoint;

/**
 * What the operators told each other: a block of the chain and, with a day (UTC), that on this day
 * nothing newer had been decided. Its text form is {@code HEIGHT:HASH}, {@code
 * HEIGHT:HASH@YYYY-MM-DD}, or {@code genesis@YYYY-MM-DD} where no block had been decided at all.
 *
 * @param checkpoint empty for the genesis
 */
public record TrustedBlock(Optional<Checkpoint> checkpoint, Optional<LocalDate> newestOn) {
  private static final String GENESIS = "genesis";

  public TrustedBlock {
    if (checkpoint.isEmpty() && newestOn.isEmpty()) {
      throw new IllegalArgumentException("the genesis needs no trust but for a day");
    }
    if (newestOn.filter(day -> day.getYear() < 1970 || day.getYear() > 9999).isPresent()) {
      throw new IllegalArgumentException("the day is of the years 1970 to 9999");
    }
  }

  /** A block of the chain, whatever has followed. */
  public static TrustedBlock of(Checkpoint checkpoint) {
    return new TrustedBlock(Optional.of(checkpoint), Optional.empty());
  }

  /** IllegalArgumentException, which says the form, for any other text. */
  public static TrustedBlock parse(String text) {
    int at = text.indexOf('@');
    String block = at < 0 ? text : text.substring(0, at);
    try {
      return new TrustedBlock(
          at >= 0 && block.equals(GENESIS)
              ? Optional.empty()
              : Optional.of(Checkpoint.parse(block)),
          at < 0 ? Optional.empty() : Optional.of(LocalDate.parse(text.substring(at + 1))));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("after the @ stands a day as in 2026-11-23", e);
    }
  }

  /** Of the block; 0 for the genesis. */
  public long height() {
    return checkpoint.map(Checkpoint::height).orElse(0L);
  }

  /** The day's first moment; ms since 1970. */
  public OptionalLong newestMs() {
    return newestOn
        .map(day -> OptionalLong.of(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public String toString() {
    return checkpoint.map(Checkpoint::toString).orElse(GENESIS)
        + newestOn.map(day -> "@" + day).orElse("");
  }
}
