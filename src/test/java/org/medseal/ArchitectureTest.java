package org.medseal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which room may look into which. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.medseal");

  @Test
  void enginesKnowNoCamel() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.medseal.crypto..",
            "org.medseal.ledger..",
            "org.medseal.connectors.deidentify..",
            "org.medseal.connectors.dicom..",
            "org.medseal.connectors.dicomnet..",
            "org.medseal.connectors.hl7ack..",
            "org.medseal.connectors.message..",
            "org.medseal.connectors.patient..",
            "org.medseal.connectors.record..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.camel..")
        .check(CLASSES);
  }

  @Test
  void connectorsUseOfTheLedgerWhatItOffers() {
    noClasses()
        .that()
        .resideInAnyPackage("org.medseal.connectors..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.medseal.ledger.app..",
            "org.medseal.ledger.consensus..",
            "org.medseal.ledger.engine.embedded..",
            "org.medseal.ledger.index..",
            "org.medseal.ledger.mempool..",
            "org.medseal.ledger.net..",
            "org.medseal.ledger.node..",
            "org.medseal.ledger.store..")
        .check(CLASSES);
  }

  @Test
  void lowerModulesKnowNothingOfTheApplication() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.medseal.crypto..", "org.medseal.ledger..", "org.medseal.connectors..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.medseal.admin..",
            "org.medseal.app..",
            "org.medseal.audit..",
            "org.medseal.cli..",
            "org.medseal.client..",
            "org.medseal.consortium..",
            "org.medseal.demo..",
            "org.medseal.home..",
            "org.medseal.mail..",
            "org.medseal.pages..",
            "org.medseal.requests..",
            "org.medseal.tracing..",
            "org.medseal.users..")
        .check(CLASSES);
  }

  @Test
  void nothingButTheFacadeTouchesTheCurveLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.medseal.crypto.bls..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("supranational.blst..")
        .check(CLASSES);
  }

  @Test
  void nothingInTheProductNeedsTheDemo() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.medseal.demo..", "org.medseal.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.medseal.demo..")
        .check(CLASSES);
  }

  @Test
  void theApplicationHasNoCycles() {
    slices()
        .matching(
            "org.medseal.(admin|app|audit|cli|client|consortium|demo|home|mail|pages|requests|routes|tracing|users)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}
