package org.medseal.connectors.message;

import java.util.Optional;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.model.Bytes;

/**
 * Head of a received message as the inbox journal keeps it beside the sealed content.
 *
 * @param lane messages of one feed and lane are worked on in order; {@link Lanes#BARRIER} waits for
 *     all of the feed before it and holds up all behind it
 * @param fingerprint HMAC of feed and the SHA-256 of the bytes
 * @param spooled name of the file that holds the content, where the frame does not
 * @param controlKey HMAC of feed and control id
 */
record Receival(
    String id,
    String feed,
    Format format,
    long receivedAtMs,
    long lane,
    Bytes fingerprint,
    Optional<Bytes> controlKey,
    boolean conflict,
    Optional<QuarantineReason> defect,
    Optional<String> spooled) {}
