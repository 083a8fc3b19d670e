package org.medseal.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.medseal.crypto");

  @Test
  void onlyTheFacadeTouchesJblst() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.medseal.crypto.bls")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("supranational..")
        .check(MODULE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.medseal.crypto.(*)..").should().beFreeOfCycles().check(MODULE);
  }

  @Test
  void thereIsNoNetworkCamelOrLogging() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "org.apache.camel..", "org.slf4j..", "java.util.logging..")
        .check(MODULE);
  }

  @Test
  void classesAreFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MODULE);
  }
}
