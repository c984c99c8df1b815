package io.posthouse.srs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SrsSettingsTest {
  @Test
  void senders_are_left_as_they_are_where_nobody_says_otherwise() throws ConfigException {
    assertEquals(Optional.empty(), read().srs());
  }

  @Test
  void a_secret_and_a_domain_are_needed_and_the_secret_is_not_shown() throws ConfigException {
    var settings = read("srs.secret=hush", "srs.domain=Ours.example");
    assertEquals(Optional.of(new Domain("ours.example")), settings.srs().map(Srs::domain));
    assertFalse(settings.toString().contains("hush"), settings::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"srs.secret=hush", "srs.domain=ours.example", "srs.domain=a b", "srs.secret="})
  void mistakes_are_told(String override) {
    assertThrows(ConfigException.class, () -> read(override));
  }

  private static SrsSettings read(String... overrides) throws ConfigException {
    return SettingsFile.defaults()
        .with(List.of(overrides))
        .read(in -> SrsSettings.read(in.section("srs")))
        .settings();
  }
}
