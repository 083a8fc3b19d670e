package org.medseal.series;

import java.time.Instant;

/** What a feed brought in the minute that begins then; messages. */
public record FeedMinute(
    Instant at, long received, long duplicates, long committed, long quarantined) {}
