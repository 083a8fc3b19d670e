package org.medseal.ledger.net;

import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.LedgerRules;

/**
 * The first frame in each direction; both sides must say the same.
 *
 * @param rules see {@link LedgerRules}; 0 from a version that did not say it
 */
record Hello(int version, String chainId, Hash genesis, int rules) {
  static final int VERSION = 3;
  private static final int FIRST_WITH_RULES = 3;

  static Hello of(Genesis genesis) {
    return of(genesis, LedgerRules.NUMBER);
  }

  static Hello of(Genesis genesis, int rules) {
    return new Hello(VERSION, genesis.chainId(), Registries.genesisHash(genesis), rules);
  }

  WireFrame frame() {
    CanonicalWriter out = new CanonicalWriter().u32(version).string(chainId).hash(genesis);
    return new WireFrame(
        FrameType.HELLO, (version < FIRST_WITH_RULES ? out : out.u32(rules)).toByteArray());
  }

  /** CodecException for anything else; what a later version says beyond this is left unread. */
  static Hello decode(byte[] payload) {
    CanonicalReader in = new CanonicalReader(payload);
    int version = in.u32();
    Hello hello =
        new Hello(
            version,
            in.string(Limits.CHAIN_ID),
            in.hash(),
            version < FIRST_WITH_RULES ? 0 : in.u32());
    if (version <= VERSION) {
      in.end();
    }
    return hello;
  }

  /** Whether it is of the same ledger, in whatever version. */
  boolean isOfLedger(Hello own) {
    return chainId.equals(own.chainId) && genesis.equals(own.genesis);
  }
}
