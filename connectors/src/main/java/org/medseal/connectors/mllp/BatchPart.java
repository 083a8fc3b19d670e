package org.medseal.connectors.mllp;

import java.util.Optional;
import org.medseal.connectors.hl7ack.Hl7Head;

/**
 * Which part of a frame of several messages one of them was; their answers share one frame too.
 *
 * @param index from 0
 * @param messages of the count, those that are answered
 * @param file the frame's FHS, read as if it were an MSH; the answer begins with one then
 * @param batch its first BHS, likewise
 */
public record BatchPart(
    int index, int count, int messages, Optional<Hl7Head> file, Optional<Hl7Head> batch) {
  boolean isFirst() {
    return index == 0;
  }

  boolean isLast() {
    return index == count - 1;
  }
}
