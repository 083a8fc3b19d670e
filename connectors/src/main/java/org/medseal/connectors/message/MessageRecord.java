package org.medseal.connectors.message;

import java.util.Optional;

/** One sealed record of a message: its transaction id in hex, and its height once committed. */
public record MessageRecord(String txId, Optional<Long> height) {}
