package io.posthouse.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What keeps decisions apart from the technology around them: only an adapter imports its
/// technology.
class PackageRulesTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // Once packaged, the fakes of other modules come in a jar of tests.
          .withImportOption(place -> !place.contains("-tests.jar"))
          .importPackages("io.posthouse");

  @ParameterizedTest
  @CsvSource({
    "org.apache.kafka.., io.posthouse.kafka..",
    "com.mongodb.., io.posthouse.mongo.. | io.posthouse.storage.mongo.. | io.posthouse.ops.demo.. |"
        + " io.posthouse.ops.bench..",
    "org.xbill.., io.posthouse.dnsjava..",
    "io.netty.., io.posthouse.edge.wire.. | io.posthouse.edge",
    "io.github.resilience4j.., io.posthouse.delivery.breaker..",
    "org.snakeyaml.., io.posthouse.config..",
    "picocli.., io.posthouse.ops..",
    "ch.qos.logback.., io.posthouse.telemetry..",
    "io.posthouse.queue.record.., io.posthouse.queue.. | io.posthouse.kafka.. |"
        + " io.posthouse.delivery.sts.kafka.."
  })
  void a_technology_is_known_to_its_adapter_alone(String technology, String adapters) {
    var allowed = (adapters + " | io.posthouse.embedded..").split(" \\| ", -1);
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .check(OURS);
  }

  @ParameterizedTest
  @CsvSource({
    "io.posthouse.edge.., io.posthouse.delivery..",
    "io.posthouse.edge.., io.posthouse.storage..",
    "io.posthouse.delivery.., io.posthouse.edge..",
    "io.posthouse.delivery.., io.posthouse.storage..",
    "io.posthouse.storage.., io.posthouse.edge..",
    "io.posthouse.storage.., io.posthouse.delivery.."
  })
  void roles_do_not_know_each_other(String role, String other) {
    noClasses()
        .that()
        .resideInAPackage(role)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(other)
        .check(OURS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "address",
        "message",
        "smtp",
        "outcome",
        "dkim",
        "srs",
        "bounce",
        "queue",
        "directive",
        "node",
        "directory",
        "dns"
      })
  void values_and_ports_know_no_adapter(String pure) {
    noClasses()
        .that()
        .resideInAPackage("io.posthouse." + pure)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.posthouse.kafka..",
            "io.posthouse.mongo..",
            "io.posthouse.dnsjava..",
            "io.posthouse.embedded..")
        .check(OURS);
  }

  @Test
  void only_operations_know_operations() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.posthouse.ops..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.posthouse.ops..")
        .check(OURS);
  }
}
