package org.medseal.connectors.mllp;

/**
 * What a route answers on an MLLP line; nothing else can be written to one.
 *
 * @param message an acknowledgement; empty to say nothing
 * @param closing the line is closed afterwards
 * @param more the frame goes on with the next reply
 */
@SuppressWarnings("ArrayRecordComponent") // written once
public record MllpReply(byte[] message, boolean closing, boolean more) {}
