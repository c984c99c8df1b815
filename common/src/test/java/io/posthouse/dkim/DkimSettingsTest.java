package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.dkim.DkimSettings.Authors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimSettingsTest {
  @Test
  void the_directory_signs_where_nobody_says_otherwise() throws ConfigException {
    var dkim = read();
    assertTrue(dkim.directory());
    assertEquals(Authors.OWN, dkim.authors());
    assertEquals(SigningRules.DEFAULT, dkim.rules());
    assertEquals(List.of(), dkim.keys());
  }

  @Test
  void keys_lie_in_files() throws ConfigException {
    var dkim =
        read(
            "keys=[{domain: Example.net, selector: s1, file: a.pem},"
                + "{domain: '*', selector: s2, file: b.pem}]",
            "header=simple",
            "expires_after=7d",
            "oversign=[From, Subject]",
            "sign=[List-*]");
    assertEquals(Optional.of(new Domain("example.net")), dkim.keys().getFirst().domain());
    assertEquals("*", dkim.keys().getLast().who());
    assertEquals(Canonicalization.SIMPLE, dkim.rules().header());
    assertEquals(Optional.of(Duration.ofDays(7)), dkim.rules().expiresAfter());
    assertEquals(
        new SignedFields(List.of("from", "subject"), List.of("list-*")), dkim.rules().fields());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oversign=[Subject]",
        "oversign=[From, Received]",
        "sign=['*']",
        "keys=[{domain: example.net, selector: s1}]",
        "keys=[{domain: example.net, selector: 's 1', file: a.pem}]",
        "keys=[{domain: 'a b', selector: s1, file: a.pem}]",
        "keys=[{domain: a.example, selector: s, file: a},{domain: a.example, selector: s, file:"
            + " b}]",
        "expires_after=5m",
        "body=strict"
      })
  void mistakes_are_told(String override) {
    assertThrows(ConfigException.class, () -> read(override));
  }

  private static DkimSettings read(String... overrides) throws ConfigException {
    return SettingsFile.defaults()
        .with(List.of(overrides).stream().map(override -> "dkim." + override).toList())
        .read(in -> DkimSettings.read(in.section("dkim")))
        .settings();
  }
}
