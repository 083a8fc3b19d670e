package org.medseal.ledger.proof;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.medseal.ledger.fuzz.FuzzTarget;

/** The file an auditor is handed. */
public final class ProofFuzz {
  private ProofFuzz() {}

  public static FuzzTarget target() {
    ProofChain chain = ProofChain.steady(6);
    byte[] inclusion =
        ProofFile.encode(
            chain.maker().inclusion(chain.transactionIds(2).get(0), OptionalLong.empty()));
    return new FuzzTarget("proof-files", List.of(inclusion), ProofFuzz::decode);
  }

  private static void decode(byte[] bytes) {
    try {
      if (!Arrays.equals(ProofFile.encode(ProofFile.decode(bytes.clone())), bytes)) {
        throw new AssertionError("two forms of one proof");
      }
    } catch (ProofException refused) {
      return;
    }
  }
}
