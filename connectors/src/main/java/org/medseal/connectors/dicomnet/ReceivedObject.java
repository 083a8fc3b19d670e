package org.medseal.connectors.dicomnet;

import java.io.InputStream;
import org.medseal.connectors.content.Arriving;

/**
 * One object as it arrives.
 *
 * @param part10 a Part 10 file: our own file meta information, then the data set byte for byte as
 *     the sender has it; to be read to its end, once, by the thread that was given it.
 *     AssociationException where the sender breaks off: what was read is then to be thrown away
 */
public record ReceivedObject(
    String callingAe,
    String calledAe,
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    InputStream part10)
    implements Arriving {
  @Override
  public InputStream stream() {
    return part10;
  }

  /** Of the object nothing but its class, which names no patient. */
  @Override
  public String toString() {
    return "ReceivedObject[" + sopClassUid + "]";
  }
}
