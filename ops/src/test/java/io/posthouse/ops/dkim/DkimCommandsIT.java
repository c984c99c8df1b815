package io.posthouse.ops.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.dns.TestDns;
import io.posthouse.embedded.TestMongo;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DkimCommandsIT {
  private final TestDns dns = TestDns.start();
  @TempDir private Path folder = Path.of("");

  @AfterEach
  void close() {
    dns.close();
  }

  @Test
  void a_key_is_made_published_and_found() throws IOException {
    for (var algorithm : new String[] {"rsa", "ed25519"}) {
      var file = folder.resolve(algorithm + ".pem");
      var made = key(algorithm, file);
      assertEquals(0, made.exitCode(), made.errors());
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      var config =
          config("{domain: example.net, selector: %s, file: %s}".formatted(algorithm, file));
      assertEquals("missing", verdict(check(config, 1)));
      dns.txt(algorithm + "._domainkey.example.net", strings(made.text()));
      assertEquals("ok", verdict(check(config, 0)));
      Files.delete(file);
      key(algorithm, file);
      assertEquals("another_key", verdict(check(config, 1)));
    }
  }

  @Test
  void a_key_never_replaces_a_file() throws IOException {
    var file = Files.writeString(folder.resolve("key.pem"), "precious");
    assertEquals(1, key("rsa", file).exitCode());
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void wrong_usage_is_told() {
    var file = folder.resolve("key.pem");
    for (var wrong :
        new String[][] {
          {"a b", "--selector", "s1"},
          {"[192.0.2.1]", "--selector", "s1"},
          {"example.net", "--selector", "s 1"},
          {"example.net", "--selector", "s1", "--bits", "1024"},
          {"example.net", "--selector", "s1", "--bits", "9000"},
          {"example.net", "--selector", "s1", "--algorithm", "dsa"},
          {"example.net"}
        }) {
      var words = new ArrayList<>(List.of("dkim", "key"));
      words.addAll(List.of(wrong));
      words.addAll(List.of("--out", file.toString()));
      var ended = CommandRun.of(words.toArray(String[]::new));
      assertEquals(2, ended.exitCode(), String.join(" ", wrong));
      assertTrue(Files.notExists(file));
    }
  }

  @Test
  void a_domain_without_a_key_fails_the_check() throws IOException {
    var ended = check(config(""), 1, "example.org");
    assertEquals("no_key", verdict(ended));
  }

  @Test
  void a_key_file_that_cannot_be_used_is_told() throws IOException {
    var config = config("{domain: example.net, selector: s1, file: /nonexistent.pem}");
    assertTrue(check(config, 1).errors().contains("dkim: /nonexistent.pem"));
  }

  private static Ended key(String algorithm, Path file) {
    return CommandRun.of(
        "dkim",
        "key",
        "Example.net",
        "--selector",
        algorithm,
        "--algorithm",
        algorithm,
        "--out",
        file.toString());
  }

  private Ended check(Path config, int exitCode, String... domains) {
    var words = new ArrayList<>(List.of("dkim", "check"));
    words.addAll(List.of(domains));
    words.addAll(List.of("--config", config.toString(), "--format", "json"));
    var ended = CommandRun.of(words.toArray(String[]::new));
    assertEquals(exitCode, ended.exitCode(), ended.text() + ended.errors());
    return ended;
  }

  private static String verdict(Ended ended) {
    var found = Pattern.compile("\"dns\":\"([^\"]*)\"").matcher(ended.text());
    return found.find() ? found.group(1) : ended.text() + ended.errors();
  }

  /// The character strings of the record.
  private static String[] strings(String zone) {
    return Pattern.compile("\"([^\"]*)\"")
        .matcher(zone)
        .results()
        .map(found -> found.group(1))
        .toArray(String[]::new);
  }

  private Path config(String key) throws IOException {
    var mongo = TestMongo.shared();
    return Files.writeString(
        folder.resolve("posthouse.yaml"),
        """
        version: 1
        node: {id: edge-1, hostname: mx.example.net}
        mongodb: {uri: "%s/%s"}
        dns: {servers: ["127.0.0.1:%d"]}
        dkim: {keys: [%s]}
        """
            .formatted(mongo.uri(), mongo.freshDatabase(getClass()), dns.address().getPort(), key));
  }
}
