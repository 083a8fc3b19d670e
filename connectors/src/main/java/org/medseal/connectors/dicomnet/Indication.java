package org.medseal.connectors.dicomnet;

import org.medseal.connectors.dicomnet.pdu.Pdv;

/** What an association's worker is told, in order. */
sealed interface Indication {
  record Value(Pdv pdv) implements Indication {}

  /** The peer asks for release. */
  record ReleaseAsked() implements Indication {}

  /** Our own release is confirmed. */
  record Released() implements Indication {}

  /** Wakes a waiting worker: the association has ended. */
  record Ended() implements Indication {}
}
