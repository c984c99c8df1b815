package io.posthouse.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Decisions know no technology, and only those who speak to hosts open sockets.
@AnalyzeClasses(
    packages = "io.posthouse.delivery",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PurePackagesTest {
  /// The role itself apart, which puts everything together.
  @ArchTest
  static final ArchRule only_adapters_know_a_technology =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.posthouse.delivery", "..delivery.sts.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "org.apache.kafka..",
              "com.mongodb..",
              "org.xbill..",
              "com.google.protobuf..",
              "io.posthouse.kafka..",
              "io.posthouse.mongo..",
              "io.posthouse.dnsjava..",
              "io.posthouse.queue.record..");

  @ArchTest
  static final ArchRule decisions_are_functions_of_values =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..delivery.login..",
              "..delivery.pattern..",
              "..delivery.retry..",
              "..delivery.security..",
              "..delivery.shaping..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio.file..",
              "java.util.concurrent..",
              "javax.net..",
              "io.prometheus..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule only_those_who_speak_to_hosts_open_sockets =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..delivery.conversation..",
              "..delivery.egress..",
              "..delivery.sts..",
              "..delivery.tls..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.net\\.(Server|Datagram)?Socket|javax\\.net\\..*");

  /// In the package of what a policy says and how long it holds, one class asks.
  @ArchTest
  static final ArchRule policies_are_fetched_in_one_place =
      noClasses()
          .that()
          .resideInAnyPackage("..delivery.sts", "..delivery.policy..")
          .and()
          .haveSimpleNameNotStartingWith("HttpsPolicyHosts")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.net\\.(Server|Datagram)?Socket|javax\\.net\\.ssl\\.SSLSocket");
}
