package org.medseal.ledger.journal;

/**
 * What was appended once.
 *
 * @param type 1 to 255, the caller's own
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Frame(long position, int type, byte[] payload) {}
