package org.medseal.ledger.app;

import java.util.Arrays;
import java.util.List;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.fuzz.FuzzTarget;

/** The state as the index keeps it. */
public final class StateFuzz {
  private StateFuzz() {}

  public static FuzzTarget target() {
    byte[] state = StateCodec.encode(LedgerState.of(new TestConsortium(4).genesis()));
    return new FuzzTarget("state", List.of(state), StateFuzz::decode);
  }

  private static void decode(byte[] bytes) {
    try {
      if (!Arrays.equals(StateCodec.encode(StateCodec.decode(bytes.clone())), bytes)) {
        throw new AssertionError("two forms of one state");
      }
    } catch (CodecException refused) {
      return;
    }
  }
}
