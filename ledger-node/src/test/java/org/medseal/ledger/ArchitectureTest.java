package org.medseal.ledger;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Transaction;

/** Which way the packages of the ledger node may look. */
class ArchitectureTest {
  private static final String LEDGER = "org.medseal.ledger.";

  /** What each package may use of the others; wiring packages are not listed. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("merkle", List.of("model")),
          Map.entry("codec", List.of("model", "merkle")),
          Map.entry("replica", List.of("model", "codec")),
          Map.entry("engine", List.of("model")),
          Map.entry("api", List.of("model", "engine")),
          Map.entry("genesis", List.of("model", "codec")),
          Map.entry(
              "app",
              List.of("model", "merkle", "codec", "engine", "api", "genesis", "replica", "stake")),
          Map.entry("stake", List.of("model", "codec", "api")),
          Map.entry("index", List.of("model", "codec", "api", "app")),
          Map.entry("proof", List.of("model", "merkle", "codec")),
          Map.entry("mempool", List.of("model", "engine", "replica")),
          Map.entry("consensus", List.of("model", "codec")));

  private static JavaClasses medseal;

  @BeforeAll
  static void importClasses() {
    medseal =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.medseal");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.medseal.ledger.(**)").should().beFreeOfCycles().check(medseal);
  }

  @Test
  void packagesLookDownwardsOnly() {
    MAY_USE.forEach(
        (name, used) -> {
          List<String> allowed = new ArrayList<>();
          allowed.add(LEDGER + name);
          used.forEach(each -> allowed.add(LEDGER + each));
          noClasses()
              .that()
              .resideInAPackage(LEDGER + name)
              .should()
              .dependOnClassesThat(
                  resideInAPackage("org.medseal.ledger..")
                      .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
              .check(medseal);
        });
  }

  /** The rules rest on it: id and bytes are always the transaction's own. */
  @Test
  void onlyTheCodecIdentifiesTransactions() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Transactions.class.getName())
        .should()
        .callConstructor(IdentifiedTransaction.class, Hash.class, Transaction.class, Bytes.class)
        .check(medseal);
  }

  @Test
  void theModelIsPlainJava() {
    classes()
        .that()
        .resideInAPackage("org.medseal.ledger.model")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.medseal.ledger.model", "java.lang..", "java.util")
        .check(medseal);
  }

  @Test
  void consensusIsPure() {
    noClasses()
        .that()
        .resideInAPackage("org.medseal.ledger.consensus")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.security..",
                    "java.time..",
                    "java.util.concurrent..",
                    "org.slf4j..",
                    "io.netty..",
                    "org.h2..")
                .or(assignableTo(Random.class))
                .or(belongToAnyOf(SplittableRandom.class, UUID.class, Thread.class)))
        .check(medseal);
    noClasses()
        .that()
        .resideInAPackage("org.medseal.ledger.consensus")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "identityHashCode", Object.class)
        .check(medseal);
  }

  /** Maps and sets in consensus are ordered, so that walking one cannot differ between nodes. */
  @Test
  void consensusHasNoHashMaps() {
    noClasses()
        .that()
        .resideInAPackage("org.medseal.ledger.consensus")
        .should()
        .dependOnClassesThat(belongToAnyOf(HashMap.class, HashSet.class, IdentityHashMap.class))
        .check(medseal);
  }

  @Test
  void theApplicationKnowsNeitherClockNorChanceNorDisk() {
    noClasses()
        .that()
        .resideInAPackage("org.medseal.ledger.app")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..")
                .or(assignableTo(Random.class))
                .or(belongToAnyOf(java.time.Clock.class, java.time.Instant.class)))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(medseal);
  }

  @Test
  void onlyTheIndexSpeaksSql() {
    noClasses()
        .that()
        .resideInAPackage("org.medseal.ledger..")
        .and()
        .resideOutsideOfPackage("org.medseal.ledger.index")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.h2..")
        .check(medseal);
  }

  @Test
  void onlyTheNetworkSpeaksNetty() {
    noClasses()
        .that()
        .resideInAPackage("org.medseal.ledger..")
        .and()
        .resideOutsideOfPackage("org.medseal.ledger.net..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(medseal);
  }

  @Test
  void onlyTheCryptoModuleUsesItsLibraries() {
    noClasses()
        .that()
        .resideInAPackage("org.medseal.ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("supranational.blst..", "org.bouncycastle.math..")
        .check(medseal);
  }
}
