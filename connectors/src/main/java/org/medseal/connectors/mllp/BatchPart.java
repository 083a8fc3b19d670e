package org.medseal.connectors.mllp;

import java.util.Optional;
import org.medseal.connectors.hl7ack.Hl7Head;

/**
 * Which part of a frame of several messages one of them was; their answers share one frame too.
 *
 * @param batch the BHS above it, read as if it were an MSH; the same object for all of its batch
 * @param answer what the whole frame is answered
 */
public record BatchPart(boolean isLast, Optional<Hl7Head> batch, BatchAnswer answer) {}
