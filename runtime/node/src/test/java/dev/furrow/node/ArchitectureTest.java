package dev.furrow.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/**
 * Holds the arrows between modules and packages: {@code examples → runtime/api ← actors ←
 * runtime/node}, and {@code actors → cluster-config}. This module sees all the others but the
 * examples, which hold their own arrow.
 */
@AnalyzeClasses(packages = "dev.furrow", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String[] API = {"dev.furrow", "dev.furrow.spi"};
  private static final String CONFIG = "dev.furrow.config..";
  private static final String ACTORS = "dev.furrow.actors..";
  private static final String JOB = "dev.furrow.actors.job..";
  private static final String POOL = "dev.furrow.actors.pool..";
  private static final String WIRE = "dev.furrow.actors.wire..";
  private static final String LINK = "dev.furrow.actors.link..";
  private static final String NODE = "dev.furrow.node..";
  private static final String PEKKO = "org.apache.pekko..";

  @ArchTest
  static final ArchRule apiShouldNeedOnlyJavaAndJspecify =
      classes()
          .that()
          .resideInAnyPackage(API)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.furrow", "dev.furrow.spi", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule configShouldNotKnowActorsOrNode =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ACTORS, NODE);

  @ArchTest
  static final ArchRule actorsShouldNotKnowNode =
      noClasses()
          .that()
          .resideInAPackage(ACTORS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(NODE);

  @ArchTest
  static final ArchRule wireAndLinkShouldNotUsePekko =
      noClasses()
          .that()
          .resideInAnyPackage(WIRE, LINK)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PEKKO);

  @ArchTest
  static final ArchRule jobsShouldMeetPoolsOnlyOnTheWire =
      noClasses()
          .that()
          .resideInAPackage(JOB)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(POOL);

  @ArchTest
  static final ArchRule poolsShouldMeetJobsOnlyOnTheWire =
      noClasses()
          .that()
          .resideInAPackage(POOL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JOB);

  @ArchTest
  static final ArchRule featuresShouldNotFormCycles =
      slices().matching("dev.furrow.actors.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule statesShouldBePure =
      noClasses()
          .that()
          .resideInAPackage(ACTORS)
          .and()
          .haveSimpleNameEndingWith("State")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PEKKO, "java.util.concurrent.locks..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("a simulator runs them in virtual time, in one thread");

  @ArchTest
  static final ArchRule httpShouldKnowItsNodeOnlyAsItIsAsked =
      noClasses()
          .that()
          .resideInAPackage("dev.furrow.node.http")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.furrow.node");

  @ArchTest
  static final ArchRule onlyNodeShouldHaveMain =
      methods()
          .that()
          .haveName("main")
          .and()
          .areStatic()
          .should()
          .beDeclaredInClassesThat()
          .resideInAPackage(NODE);
}
