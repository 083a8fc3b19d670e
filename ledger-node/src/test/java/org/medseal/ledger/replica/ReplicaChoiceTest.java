package org.medseal.ledger.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

class ReplicaChoiceTest {
  private static ValidatorSet set(int size, int key) {
    List<Validator> validators = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte[] bytes = new byte[32];
      bytes[0] = (byte) i;
      bytes[1] = (byte) key;
      validators.add(new Validator(i, "hospital-" + i, Bytes.of(bytes), 10));
    }
    return new ValidatorSet(validators);
  }

  private static Hash root(int number) {
    return Hash.of(Digests.sha256(new byte[] {(byte) number, (byte) (number >> 8)}));
  }

  private static List<String> names(Hash root, ValidatorSet validators) {
    return ReplicaChoice.of(root, validators, 4).stream().map(Validator::institution).toList();
  }

  @Test
  void fewerValidatorsThanReplicasAllKeepIt() {
    assertThat(names(root(1), set(3, 0)))
        .containsExactlyInAnyOrder("hospital-0", "hospital-1", "hospital-2");
  }

  @Test
  void aRotatedKeyMovesNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(names(root(i), set(10, 1))).isEqualTo(names(root(i), set(10, 2)));
    }
  }

  @Test
  void everyValidatorHasItsShare() {
    Map<String, Integer> kept = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      names(root(i), set(10, 0)).forEach(name -> kept.merge(name, 1, Integer::sum));
    }
    assertThat(kept).hasSize(10);
    assertThat(kept.values()).allMatch(count -> count > 650 && count < 950);
  }

  @Test
  void oneValidatorMoreTakesOverOnlyWhatItKeeps() {
    for (int i = 0; i < 200; i++) {
      List<String> before = names(root(i), set(10, 0));
      List<String> after = names(root(i), set(11, 0));
      List<String> stayed = new ArrayList<>(after);
      stayed.retainAll(before);
      assertThat(stayed).hasSizeGreaterThanOrEqualTo(3);
      assertThat(after.size() - stayed.size()).isEqualTo(after.contains("hospital-10") ? 1 : 0);
    }
  }
}
