package org.medseal.tracing;

import org.medseal.ledger.model.Hash;

/** The sealed part of a trace request; every institution may read it. */
record TraceBody(String justification, String userId, String login) {
  static final int LONGEST_TEXT = 2_000;

  TraceBody {
    if (justification.isBlank() || justification.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("a justification has 1 to 2000 characters");
    }
  }

  static String context(String chainId, String institution, Hash recordId) {
    return "medseal:trace-request:1:" + chainId + ":" + institution + ":" + recordId.hex();
  }
}
