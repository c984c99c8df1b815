package io.posthouse.storage.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.ConfigException;
import io.posthouse.config.HostPort;
import io.posthouse.config.SettingsFile;
import io.posthouse.storage.intake.HandoverSettings.Mode;
import io.posthouse.storage.intake.HandoverSettings.Unsupported;
import io.posthouse.storage.lmtp.LmtpSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HandoverSettingsTest {
  @Test
  void without_a_server_we_store_everything() throws ConfigException {
    assertEquals(HandoverSettings.NONE, read());
  }

  @Test
  void with_a_server_it_gets_the_mail_of_users_who_have_what_we_do_not_know()
      throws ConfigException {
    var lmtp = Optional.of(new LmtpSettings(new HostPort("wildduck", 2424), 4));
    assertEquals(
        new HandoverSettings(Mode.MONGODB, Unsupported.HANDOVER, lmtp), read("lmtp.host=wildduck"));
    assertEquals(
        new HandoverSettings(Mode.LMTP, Unsupported.STORE, lmtp),
        read("lmtp.host=wildduck", "mode=lmtp", "unsupported=store"));
  }

  @ParameterizedTest
  @CsvSource({"mode=lmtp", "unsupported=handover"})
  void to_hand_over_needs_somebody(String written) {
    var problems = problems(written);
    assertTrue(problems.contains("storage." + written.split("=", 2)[0]), problems);
    assertTrue(problems.contains("lmtp.host"), problems);
  }

  @ParameterizedTest
  @CsvSource({"lmtp.port=0", "lmtp.connections=0", "mode=maildir", "lmtp.host=a b"})
  void what_cannot_be_used_is_named(String written) {
    var problems = problems(written);
    assertTrue(problems.contains("storage." + written.split("=", 2)[0]), problems);
  }

  private static String problems(String written) {
    return assertThrows(ConfigException.class, () -> read(written)).problems().toString();
  }

  private static HandoverSettings read(String... written) throws ConfigException {
    var overrides = List.of(written).stream().map(text -> "storage." + text).toList();
    return SettingsFile.defaults()
        .with(overrides)
        .read(in -> StorageSettings.read(in.section("storage")).handover())
        .settings();
  }
}
