package org.medseal.ledger.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.app.StateFuzz;
import org.medseal.ledger.blob.BlobFuzz;
import org.medseal.ledger.codec.CodecFuzz;
import org.medseal.ledger.engine.embedded.EngineFuzz;
import org.medseal.ledger.genesis.GenesisFuzz;
import org.medseal.ledger.journal.JournalFuzz;
import org.medseal.ledger.net.NetFuzz;
import org.medseal.ledger.proof.ProofFuzz;
import org.medseal.ledger.store.SignStateFuzz;

/** Every decoder of bytes that come from a peer, a disk or a file somebody hands over. */
public final class FuzzTargets {
  private FuzzTargets() {}

  public static List<FuzzTarget> all() {
    List<FuzzTarget> all = new ArrayList<>();
    all.addAll(CodecFuzz.targets());
    all.addAll(EngineFuzz.targets());
    all.addAll(NetFuzz.targets());
    all.add(StateFuzz.target());
    all.add(GenesisFuzz.target());
    all.add(JournalFuzz.target());
    all.add(SignStateFuzz.target());
    all.add(BlobFuzz.target());
    all.add(ProofFuzz.target());
    return all;
  }

  static FuzzTarget named(String name) {
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fuzz target " + name));
  }
}
