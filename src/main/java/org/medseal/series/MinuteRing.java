package org.medseal.series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The newest minutes, each with what was counted in it. A clock put back begins the minute it shows
 * anew and forgets those that are still to come. Not thread-safe.
 */
final class MinuteRing<T> {
  private final Slot<T>[] slots;
  private final Supplier<T> fresh;
  private long newest = Long.MIN_VALUE;

  private record Slot<T>(long minute, T content) {}

  /** One minute of the ring. */
  record Minute<T>(Instant at, T content) {}

  MinuteRing(int minutes, Supplier<T> fresh) {
    if (minutes < 1) {
      throw new IllegalArgumentException("a ring holds at least one minute");
    }
    @SuppressWarnings({"unchecked", "rawtypes"}) // only slots of T are ever put in
    Slot<T>[] made = new Slot[minutes];
    this.slots = made;
    this.fresh = fresh;
  }

  /** What is being counted now. */
  T at(Instant now) {
    long minute = minute(now);
    if (minute < newest) {
      forgetFrom(minute);
    }
    if (minute != newest) {
      slots[index(minute)] = new Slot<>(minute, fresh.get());
      newest = minute;
    }
    return slots[index(minute)].content();
  }

  /** Whole minutes up to the one running now, which is left out, oldest first. */
  List<Minute<T>> whole(int minutes, Instant now) {
    long end = minute(now);
    List<Minute<T>> all = new ArrayList<>();
    for (long at = end - Math.min(minutes, slots.length - 1); at < end; at++) {
      Instant begun = Instant.ofEpochSecond(at * 60);
      held(at).ifPresent(content -> all.add(new Minute<>(begun, content)));
    }
    return all;
  }

  private Optional<T> held(long minute) {
    Slot<T> slot = slots[index(minute)];
    return slot == null || slot.minute() != minute ? Optional.empty() : Optional.of(slot.content());
  }

  private void forgetFrom(long minute) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] != null && slots[i].minute() >= minute) {
        slots[i] = null;
      }
    }
  }

  private int index(long minute) {
    return (int) Math.floorMod(minute, (long) slots.length);
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 60L);
  }
}
