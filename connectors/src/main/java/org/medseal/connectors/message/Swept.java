package org.medseal.connectors.message;

/**
 * What a sweep came to.
 *
 * @param contents messages whose content was deleted
 * @param freedBytes of the two journals; below 0 while they have grown faster
 */
public record Swept(long contents, long freedBytes) {}
