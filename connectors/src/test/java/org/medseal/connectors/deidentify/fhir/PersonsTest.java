package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.PatientIdentity;

class PersonsTest {
  private static final String ONE = "urn:medseal:demo:hospital-1";
  private static final String TWO = "urn:medseal:demo:hospital-2";
  private static final String THREE = "urn:medseal:demo:hospital-3";
  private static final String INSURER = "urn:insurer";

  private final IdentifierAuthorities authorities =
      IdentifierAuthorities.load(DeidFixture.CONFIG.resolve("identifiers.yaml"));

  @Test
  void whoHasAListedNumberInCommonIsOnePersonWhoeverComesFirst() {
    assertThat(inEveryOrder("a one=1", "b one=1 two=7", "c two=7 three=9", "d one=2"))
        .containsExactly("[a b c, d]");
  }

  @Test
  void numbersThatContradictEachOtherAreAmbiguousWhoeverComesFirst() {
    assertThat(inEveryOrder("a one=1", "b one=1 two=2", "c one=1 two=3")).containsExactly("?");
    assertThat(inEveryOrder("a one=1 two=2", "b one=1 two=3")).containsExactly("?");
    assertThat(inEveryOrder("a one=1 two=2", "b two=2 three=3", "c three=3 one=4"))
        .containsExactly("?");
  }

  @Test
  void twoNumbersOfOneAuthorityThatStandTogetherAreNoContradiction() {
    assertThat(inEveryOrder("a one=1", "b one=1 one=2", "c one=2")).containsExactly("[a b c]");
  }

  @Test
  void anUnlistedNumberMakesOnePersonOfThoseWithoutListedNumbersThatDiffer() {
    assertThat(inEveryOrder("a one=1 ins=5", "b ins=5", "c ins=6")).containsExactly("[a b, c]");
    assertThat(inEveryOrder("a one=1 ins=5", "b two=1 ins=5")).containsExactly("[a b]");
  }

  @Test
  void aFamilysSharedNumberMakesNobodyOnePerson() {
    assertThat(inEveryOrder("a one=1 ins=5", "b one=2 ins=5", "c one=3 ins=5"))
        .containsExactly("[a, b, c]");
  }

  @Test
  void whoCouldBeOneOfAFamilyIsAmbiguousWhoeverComesFirst() {
    assertThat(inEveryOrder("a one=1 ins=5", "b one=2 ins=5", "c ins=5")).containsExactly("?");
    assertThat(inEveryOrder("a one=1 ins=5", "b two=2 ins=5", "c one=3 ins=5"))
        .containsExactly("?");
  }

  /** The seed of an order that came out otherwise is in the message. */
  @Test
  void noOrderOfAnyMessageMakesADifference() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        StringBuilder group = new StringBuilder().append((char) ('a' + i));
        for (String authority : List.of("one", "two", "three", "ins")) {
          if (random.nextInt(3) == 0) {
            group.append(' ').append(authority).append('=').append(1 + random.nextInt(3));
          }
        }
        groups.add(group.toString());
      }
      Set<String> results = new TreeSet<>();
      for (int order = 0; order < 8; order++) {
        Collections.shuffle(groups, random);
        results.add(persons(groups));
      }
      assertThat(results).as("seed %d: %s", seed, groups).hasSize(1);
    }
  }

  @Test
  void tenTimesAsManyPatientsCostAboutTenTimesAsMuch() {
    cost(500); // classes are loaded
    assertThat(cost(20_000)).isLessThan(30 * cost(2_000));
  }

  /** Allocated bytes, which unlike time are the same on a busy machine. */
  private long cost(int patients) {
    List<PatientGroup> groups = new ArrayList<>();
    for (int i = 0; i < patients; i++) {
      groups.add(group("g one=" + (10 + i) + " two=" + (10 + i / 2 * 2) + " ins=4" + i % 7));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Persons.of(groups);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private Set<String> inEveryOrder(String... groups) {
    Set<String> results = new TreeSet<>();
    permute(new ArrayList<>(List.of(groups)), 0, results);
    return results;
  }

  private void permute(List<String> groups, int from, Set<String> results) {
    if (from == groups.size()) {
      results.add(persons(groups));
      return;
    }
    for (int i = from; i < groups.size(); i++) {
      Collections.swap(groups, from, i);
      permute(groups, from + 1, results);
      Collections.swap(groups, from, i);
    }
  }

  /** The persons by the names of their groups, all sorted; ? where it cannot be told. */
  private String persons(List<String> descriptions) {
    Optional<List<PatientGroup>> persons =
        Persons.of(descriptions.stream().map(this::group).toList());
    return persons
        .map(
            all ->
                all.stream()
                    .map(one -> one.keys().stream().sorted().collect(Collectors.joining(" ")))
                    .sorted()
                    .toList()
                    .toString())
        .orElse("?");
  }

  private PatientGroup group(String description) {
    String[] words = description.split(" ", -1);
    PatientIdentity.Collector identity =
        new PatientIdentity.Collector(authorities, DeidFixture.LOCAL);
    for (int i = 1; i < words.length; i++) {
      String[] number = words[i].split("=", -1);
      String system =
          switch (number[0]) {
            case "one" -> ONE;
            case "two" -> TWO;
            case "three" -> THREE;
            default -> INSURER;
          };
      identity.fhir(system, "MR", "4711" + number[1]);
    }
    return new PatientGroup(words[0], identity);
  }
}
