package org.medseal.ledger.fuzz;

import java.util.List;
import java.util.function.Supplier;
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
  /** Cheap ones first: a run of one target makes no samples of those behind it. */
  private static final List<Supplier<List<FuzzTarget>>> GROUPS =
      List.of(
          CodecFuzz::targets,
          EngineFuzz::targets,
          () -> List.of(BlobFuzz.target()),
          () -> List.of(SignStateFuzz.target()),
          () -> List.of(JournalFuzz.target()),
          NetFuzz::targets,
          () -> List.of(StateFuzz.target()),
          () -> List.of(GenesisFuzz.target()),
          () -> List.of(ProofFuzz.target()));

  private FuzzTargets() {}

  public static List<FuzzTarget> all() {
    return GROUPS.stream().flatMap(group -> group.get().stream()).toList();
  }

  static FuzzTarget named(String name) {
    return GROUPS.stream()
        .flatMap(group -> group.get().stream())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fuzz target " + name));
  }
}
