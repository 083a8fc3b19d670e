package org.medseal.ledger.engine.embedded;

import java.util.Arrays;
import java.util.List;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.fuzz.FuzzTarget;

/** What peers say, and what the engine reads back from its log. */
public final class EngineFuzz {
  private static final int MAX = 1 << 20;

  private EngineFuzz() {}

  public static List<FuzzTarget> targets() {
    List<byte[]> messages = PeerMessagesTest.messages().stream().map(PeerMessages::encode).toList();
    return List.of(
        new FuzzTarget("peer-messages", messages, EngineFuzz::message),
        new FuzzTarget("log-entries", LogEntrySamples.all(), EngineFuzz::entry));
  }

  private static void message(byte[] bytes) {
    try {
      byte[] again = PeerMessages.encode(PeerMessages.decode(bytes.clone(), MAX));
      if (!Arrays.equals(again, bytes)) {
        throw new AssertionError("two forms of one message");
      }
    } catch (CodecException refused) {
      return;
    }
  }

  private static void entry(byte[] bytes) {
    try {
      byte[] again = LogEntry.decode(bytes.clone()).encode();
      if (!Arrays.equals(again, bytes)) {
        throw new AssertionError("two forms of one entry");
      }
    } catch (CodecException refused) {
      return;
    }
  }
}
