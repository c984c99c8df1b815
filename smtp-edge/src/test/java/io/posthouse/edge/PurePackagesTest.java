package io.posthouse.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Decisions know no technology, and the wire decides nothing about the queue.
@AnalyzeClasses(
    packages = "io.posthouse.edge",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PurePackagesTest {
  @ArchTest
  static final ArchRule decisions_know_no_technology =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..edge.session..", "..edge.policy..", "..edge.intake..", "..edge.limits..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "org.apache.kafka..",
              "com.mongodb..",
              "org.xbill..",
              "io.posthouse.kafka..",
              "io.posthouse.mongo..",
              "..edge.wire..");

  @ArchTest
  static final ArchRule the_session_is_a_function_of_values =
      noClasses()
          .that()
          .resideInAPackage("..edge.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.net..", "java.util.concurrent..", "..queue..");

  @ArchTest
  static final ArchRule only_the_wire_knows_netty =
      noClasses()
          .that()
          .resideOutsideOfPackages("..edge.wire..", "io.posthouse.edge")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");
}
