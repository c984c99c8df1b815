package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.dkim.DkimSettings.KeyFile;
import io.posthouse.dkim.SigningKeys.Found;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.MailEvent.SigningKeySeen;
import io.posthouse.telemetry.SigningKeyState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  private static final Domain NET = new Domain("example.net");

  private final List<MailEvent> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("key.pem"), SigningWorld.pem("Ed25519"));
  }

  @Test
  void a_domain_signs_with_all_its_keys() throws IOException {
    var other = Files.writeString(folder.resolve("rsa.pem"), SigningWorld.pem("RSA"));
    var keys =
        files(
            new KeyFile(Optional.of(NET), "a", file),
            new KeyFile(Optional.of(NET), "b", other),
            new KeyFile(Optional.empty(), "c", file));
    assertEquals("[a (ed25519-sha256), b (rsa-sha256)]", shown(keys.of(NET)));
    assertEquals("[c (ed25519-sha256)]", shown(keys.ofAnyDomain()));
    assertEquals(new Found.NoKey(), keys.of(new Domain("example.org")));
  }

  @Test
  void a_new_file_is_taken_when_it_is_time_to_look() throws IOException {
    var keys = files(new KeyFile(Optional.of(NET), "a", file));
    Files.writeString(file, SigningWorld.pem("RSA"));
    assertEquals("[a (ed25519-sha256)]", shown(keys.of(NET)));
    now = now.plusSeconds(30);
    assertEquals("[a (rsa-sha256)]", shown(keys.of(NET)));
    assertEquals(List.of(SigningKeyState.TAKEN), states());
  }

  @Test
  void a_broken_one_leaves_the_key_it_had_and_is_told_once() throws IOException {
    var keys = files(new KeyFile(Optional.of(NET), "a", file));
    Files.writeString(file, "nonsense");
    now = now.plusSeconds(30);
    assertEquals("[a (ed25519-sha256)]", shown(keys.of(NET)));
    now = now.plusSeconds(30);
    assertEquals("[a (ed25519-sha256)]", shown(keys.of(NET)));
    Files.delete(file);
    now = now.plusSeconds(30);
    assertEquals("[a (ed25519-sha256)]", shown(keys.of(NET)));
    now = now.plusSeconds(30);
    assertEquals("[a (ed25519-sha256)]", shown(keys.of(NET)));
    assertEquals(List.of(SigningKeyState.UNUSABLE, SigningKeyState.UNUSABLE), states());
    Files.writeString(file, SigningWorld.pem("RSA"));
    now = now.plusSeconds(30);
    assertEquals("[a (rsa-sha256)]", shown(keys.of(NET)));
  }

  @Test
  void nothing_starts_with_a_file_that_cannot_be_used() throws IOException {
    Files.writeString(file, "nonsense");
    var broken = new KeyFile(Optional.of(NET), "a", file);
    var e = assertThrows(CannotStartException.class, () -> files(broken));
    assertTrue(String.valueOf(e.getMessage()).startsWith("dkim: " + file), e.getMessage());
    var missing = new KeyFile(Optional.of(NET), "a", folder.resolve("missing"));
    assertThrows(CannotStartException.class, () -> files(missing));
  }

  @Test
  void a_weak_key_signs_and_is_told() throws IOException, GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    var octets = generator.generateKeyPair().getPrivate().getEncoded();
    var base64 = Base64.getEncoder().encodeToString(octets);
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    var keys = files(new KeyFile(Optional.of(NET), "a", file));
    assertEquals("[a (rsa-sha256)]", shown(keys.of(NET)));
    assertEquals(List.of(SigningKeyState.WEAK), states());
  }

  private KeyFiles files(KeyFile... files) {
    return new KeyFiles(List.of(files), Duration.ofSeconds(30), events::add, () -> now);
  }

  private List<SigningKeyState> states() {
    return events.stream().map(event -> ((SigningKeySeen) event).state()).toList();
  }

  private static String shown(Found found) {
    return found instanceof Found.Keys(var keys) ? keys.toString() : found.toString();
  }
}
