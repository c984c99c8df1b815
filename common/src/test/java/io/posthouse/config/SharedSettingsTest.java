package io.posthouse.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.dns.Proofs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedSettingsTest {
  /// The sections that several roles read.
  record Shared(
      NodeSettings node,
      KafkaSettings kafka,
      MongoSettings mongodb,
      DnsSettings dns,
      TlsSettings tls,
      TelemetrySettings telemetry) {
    static Shared read(Settings in) {
      return new Shared(
          NodeSettings.read(in.section("node")),
          KafkaSettings.read(in.section("kafka")),
          MongoSettings.read(in.section("mongodb")),
          DnsSettings.read(in.section("dns")),
          TlsSettings.read(in.section("tls")),
          TelemetrySettings.read(in.section("telemetry")));
    }
  }

  @Test
  void everything_has_a_default() throws Exception {
    var shared = read();
    assertEquals("localhost:9092", shared.kafka().bootstrapServers());
    assertEquals("posthouse.", shared.kafka().topicPrefix());
    assertEquals("posthouse", shared.mongodb().database());
    assertEquals(
        new DnsSettings(List.of(), Duration.ofSeconds(5), new Proofs.None()), shared.dns());
    assertEquals(Optional.empty(), shared.tls().identity());
    assertEquals(9400, shared.telemetry().port());
    assertFalse(shared.node().hostname().isEmpty());
  }

  @Test
  void kafka_is_given_every_broker_and_every_property_and_shows_none() throws Exception {
    var kafka =
        read(
                "kafka.bootstrap=[k1, \"k2:9093\", \"[2001:db8::3]:9092\"]",
                "kafka.client={security.protocol: SASL_SSL, sasl.jaas.config: hunter2}")
            .kafka();
    assertEquals("k1:9092,k2:9093,[2001:db8::3]:9092", kafka.bootstrapServers());
    assertEquals(
        Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "hunter2"),
        kafka.clientProperties());
    assertFalse(kafka.toString().contains("hunter2"), kafka.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb://localhost, posthouse, mongodb://localhost",
    "mongodb://h1:27017,posthouse,mongodb://h1:27017",
    "mongodb://localhost/wildduck, wildduck, mongodb://localhost/wildduck",
    "mongodb://u:p%40@localhost/w?authSource=admin, w, mongodb://***@localhost/w?authSource=admin",
    "mongodb+srv://u:p@db.example.net/?tls=true, posthouse,"
        + " mongodb+srv://***@db.example.net/?tls=true"
  })
  void the_uri_of_mongodb_names_the_database_and_shows_no_password(
      String uri, String database, String shown) throws Exception {
    var mongodb = read("mongodb.uri=" + uri).mongodb();
    assertEquals(database, mongodb.database());
    assertEquals(uri, mongodb.uri().text());
    assertTrue(mongodb.toString().contains(shown), mongodb.toString());
  }

  @Test
  void a_certificate_needs_its_key_and_the_other_way_round() throws Exception {
    var tls = read("tls.certificate=/etc/c.pem", "tls.key=/etc/k.pem").tls();
    assertEquals(
        Optional.of(new TlsSettings.Identity(Path.of("/etc/c.pem"), Path.of("/etc/k.pem"))),
        tls.identity());
    assertProblem(
        "--set: tls.certificate: has no key (expected: tls.key too)", "tls.certificate=c.pem");
    assertProblem(
        "--set: tls.key: has no certificate (expected: tls.certificate too)", "tls.key=k.pem");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node.id=a b | node.id: a b (expected: letters, digits, . _ -)",
        "node.hostname=-mail | node.hostname: -mail (expected: a host name)",
        "kafka.bootstrap=[] | kafka.bootstrap: empty (expected: at least one broker)",
        "kafka.topic_prefix=a/ | kafka.topic_prefix: a/ (expected: letters, digits, . _ -)",
        "mongodb.uri=http://x | mongodb.uri: http://x (expected:"
            + " mongodb://[USER:PASSWORD@]HOST[:PORT][/DATABASE])",
        "mongodb.uri=mongo://u:p@x | mongodb.uri: mongo://***@x (expected:"
            + " mongodb://[USER:PASSWORD@]HOST[:PORT][/DATABASE])",
        "dns.timeout=1h | dns.timeout: 1h (expected: a duration from 100ms to 1m)",
        "telemetry.port=65536 | telemetry.port: 65536 (expected: 0..65535)"
      })
  void what_cannot_be_is_refused(String override, String problem) {
    assertProblem("--set: " + problem, override);
  }

  private static Shared read(String... overrides) throws ConfigException {
    return SettingsFile.defaults(Map.of()).with(List.of(overrides)).read(Shared::read).settings();
  }

  private static void assertProblem(String problem, String override) {
    var refused = assertThrows(ConfigException.class, () -> read(override));
    assertEquals(List.of(problem), refused.problems());
  }
}
