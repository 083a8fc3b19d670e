package org.medseal.ledger.net;

import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;

/** The first frame in each direction; both sides must say the same. */
record Hello(int version, String chainId, Hash genesis) {
  static final int VERSION = 2;

  static Hello of(Genesis genesis) {
    return new Hello(VERSION, genesis.chainId(), Registries.genesisHash(genesis));
  }

  WireFrame frame() {
    return new WireFrame(
        FrameType.HELLO,
        new CanonicalWriter().u32(version).string(chainId).hash(genesis).toByteArray());
  }

  /** CodecException for anything else. */
  static Hello decode(byte[] payload) {
    CanonicalReader in = new CanonicalReader(payload);
    Hello hello = new Hello(in.u32(), in.string(Limits.CHAIN_ID), in.hash());
    in.end();
    return hello;
  }
}
