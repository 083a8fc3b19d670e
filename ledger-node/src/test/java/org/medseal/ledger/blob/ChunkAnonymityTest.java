package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.blob.BlobWorld.Said;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Hash;

/**
 * How well a coalition of k institutions that pool all they hear, and otherwise follow the
 * protocol, can name the author of a record in chunks by who offers them the chunks. Whole nodes in
 * virtual time; {@code -Dmedseal.anonymity.worlds=N} runs more. Numbers in docs/anonymity.md.
 */
class ChunkAnonymityTest {
  private static final int WORLDS = Integer.getInteger("medseal.anonymity.worlds", 6);
  private static final int BLOBS = 10;
  private static final BlobParameters PARAMETERS = new BlobParameters(4, 3, 1L << 30, 1_000);

  /** The first honest node to offer a blob to the coalition; -1 if none did. */
  private record Observation(int author, int first, boolean byStem) {}

  @Test
  void whoFirstOffersChunksIsSeldomTheirAuthorUnlessItsSuccessorIsASpy() throws IOException {
    StringBuilder table = new StringBuilder();
    for (int size : new int[] {4, 7, 10}) {
      TestConsortium consortium = new TestConsortium(size);
      for (int spies = 1; spies <= (size - 1) / 3; spies++) {
        List<Observation> all = new ArrayList<>();
        for (int seed = 0; seed < WORLDS; seed++) {
          all.addAll(observe(consortium, size - spies, seed));
        }
        double first = share(all, size - spies, false);
        double informed = share(all, size - spies, true);
        table.append(
            String.format(
                Locale.ROOT,
                "%n%2d | %d | %5.1f %% | %5.1f %% | %5.1f %%",
                size,
                spies,
                100.0 / (size - spies),
                100 * first,
                100 * informed));
        double caughtAtOnce = (double) spies / (size - 1);
        assertThat(first)
            .as("%s spies among %s", spies, size)
            .isLessThan(caughtAtOnce + (1 - caughtAtOnce) / 2 + 0.1);
      }
    }
    System.out.println("chunks: n | k | blind | first to offer | informed guess" + table);
  }

  private static double share(List<Observation> all, int honest, boolean informed) {
    return all.stream()
        .mapToDouble(each -> isRight(each, honest, informed))
        .average()
        .orElseThrow();
  }

  /** Probability that the guess is right: the first to offer, or if informed not who offers all. */
  private static double isRight(Observation each, int honest, boolean informed) {
    boolean right = each.first() == each.author();
    if (each.first() < 0) {
      return 1.0 / honest;
    }
    if (informed && !each.byStem()) {
      return right ? 0 : 1.0 / (honest - 1);
    }
    return right ? 1 : 0;
  }

  private static List<Observation> observe(TestConsortium consortium, int honest, int seed)
      throws IOException {
    BlobWorld world = new BlobWorld(consortium, PARAMETERS, 1_000L * honest + seed);
    Random random = new Random(seed);
    Map<Hash, Integer> authors = new HashMap<>();
    for (int i = 0; i < BLOBS; i++) {
      int author = random.nextInt(honest);
      byte[] content = BlobWorld.content(seed * BLOBS + i);
      authors.put(world.nodes.get(author).writes(content).chunkRoot(), author);
      world.run(random.nextInt(5_000));
    }
    world.runUntil(each -> each.waiting.isEmpty());
    world.run(10_000);
    Map<Hash, Said> first = new HashMap<>();
    for (Said said : world.said(BlobOffer.class)) {
      if (said.to() >= honest && said.from() < honest) {
        first.putIfAbsent(((BlobOffer) said.message()).chunkRoot(), said);
      }
    }
    List<Observation> observations = new ArrayList<>();
    authors.forEach(
        (root, author) -> {
          Said said = first.get(root);
          observations.add(
              said == null
                  ? new Observation(author, -1, false)
                  : new Observation(author, said.from(), ((BlobOffer) said.message()).stem()));
        });
    return observations;
  }
}
