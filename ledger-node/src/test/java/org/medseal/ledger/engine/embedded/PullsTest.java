package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Hash;

class PullsTest {
  private static final int SILENT = 0;
  private static final int HONEST = 1;
  private static final int THIRD = 2;
  private static final Hash WANTED = id(1);

  private final Pulls pulls = new Pulls();
  private final Set<Hash> here = new HashSet<>();
  private long nowMs = 1_000_000;

  @Test
  void whatIsMissingIsAskedOfOnePeerAtATime() {
    assertThat(pulls.isOffered(SILENT, WANTED, nowMs)).isTrue();
    assertThat(pulls.isOffered(HONEST, WANTED, nowMs)).isFalse();
    assertThat(second()).isEmpty();
  }

  @Test
  void anotherThatOfferedItIsAskedOnceTheFirstHasNotDelivered() {
    pulls.isOffered(SILENT, WANTED, nowMs);
    pulls.isOffered(HONEST, WANTED, nowMs);
    second();
    assertThat(second()).isEqualTo(Map.of(HONEST, List.of(WANTED)));
  }

  @Test
  void whoeverOffersWithoutEndAndNeverSendsHoldsNothingUp() {
    for (int round = 0; round < 100; round++) {
      Hash each = id(round);
      boolean askedSilent = pulls.isOffered(SILENT, each, nowMs);
      boolean askedHonest = pulls.isOffered(HONEST, each, nowMs);
      assertThat(askedHonest || askedSilent).isTrue();
      for (int i = 0; i < 3 && !askedHonest; i++) {
        pulls.isOffered(SILENT, each, nowMs);
        askedHonest = second().getOrDefault(HONEST, List.of()).contains(each);
      }
      assertThat(askedHonest).as("round %s", round).isTrue();
      here.add(each);
      second();
    }
    assertThat(pulls.size()).isZero();
  }

  @Test
  void whoeverOwesIsAskedAfterAllOthers() {
    indebt(SILENT);
    assertThat(pulls.isOffered(SILENT, WANTED, nowMs)).isFalse();
    assertThat(pulls.isOffered(HONEST, WANTED, nowMs)).as("asked at once").isTrue();
    pulls.isOffered(THIRD, WANTED, nowMs);
    second();
    assertThat(second()).isEqualTo(Map.of(THIRD, List.of(WANTED)));
    second();
    assertThat(second()).isEqualTo(Map.of(SILENT, List.of(WANTED)));
  }

  @Test
  void whoeverOwesIsStillAskedWhenNobodyElseOffersIt() {
    indebt(SILENT);
    assertThat(pulls.isOffered(SILENT, WANTED, nowMs)).isFalse();
    assertThat(second()).isEqualTo(Map.of(SILENT, List.of(WANTED)));
  }

  @Test
  void debtsAreForgivenInTime() {
    indebt(SILENT);
    for (int i = 0; i < 60; i++) {
      second();
    }
    assertThat(pulls.isOffered(SILENT, WANTED, nowMs)).isTrue();
  }

  @Test
  void whatWasAskedOfWhoHasGoneIsAskedOfAnother() {
    pulls.isOffered(SILENT, WANTED, nowMs);
    pulls.isOffered(HONEST, WANTED, nowMs);
    pulls.disconnected(SILENT);
    assertThat(second()).isEqualTo(Map.of(HONEST, List.of(WANTED)));
  }

  @Test
  void whatOnePeerNamesIsBoundedAndCostsTheOthersNothing() {
    int asked = 0;
    for (int i = 0; i < 2 * Pulls.MAX_PER_PEER; i++) {
      asked += pulls.isOffered(SILENT, id(1_000 + i), nowMs) ? 1 : 0;
    }
    assertThat(asked).isEqualTo(Pulls.MAX_PER_PEER);
    assertThat(pulls.isOffered(HONEST, WANTED, nowMs)).isTrue();
    assertThat(pulls.size()).isEqualTo(Pulls.MAX_PER_PEER + 1);
    second();
    second();
    assertThat(pulls.size()).as("nobody else has them").isZero();
    assertThat(pulls.isOffered(SILENT, id(5), nowMs)).as("later again").isFalse();
    assertThat(second()).containsOnlyKeys(SILENT);
  }

  @Test
  void whatIsDecidedIsNotAskedFor() {
    pulls.isOffered(SILENT, WANTED, nowMs);
    pulls.isOffered(HONEST, WANTED, nowMs);
    pulls.decided(WANTED);
    assertThat(pulls.isEmpty()).isTrue();
    second();
    assertThat(second()).isEmpty();
  }

  private void indebt(int peer) {
    for (int i = 0; i < 10; i++) {
      pulls.isOffered(peer, id(100 + i), nowMs);
    }
    second();
    second();
    assertThat(pulls.isEmpty()).isTrue();
  }

  /** What is asked of whom at the end of the next second. */
  private Map<Integer, List<Hash>> second() {
    nowMs += 1_000;
    return pulls.due(nowMs, here::contains);
  }

  private static Hash id(int number) {
    return Hash.of(ByteBuffer.allocate(32).putInt(28, number + 1).array());
  }
}
