package dev.furrow.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds examples to what a user has: the public API, Java, and libraries of their own. */
@AnalyzeClasses(
    packages = "dev.furrow.examples",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule examplesShouldSeeOnlyTheApi =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.furrow.spi..",
              "dev.furrow.config..",
              "dev.furrow.actors..",
              "dev.furrow.node..",
              "org.apache.pekko..",
              "scala..",
              "com.typesafe.config..");
}
