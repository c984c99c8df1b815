package io.posthouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.SampleSettings.Listener;
import io.posthouse.config.SampleSettings.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void what_is_written_is_what_is_read() throws Exception {
    Files.writeString(folder.resolve("pw"), "s3cret ${env:COLOUR}\n");
    var sample =
        read(
            """
            version: 1
            node: "${env:COLOUR}-$${x}-1"
            password: ${file:pw}
            delivery:
              retry: {first: 90s, schedule: [1m, 1h30m, 1500ms]}
            inline: 100KB
            fsync: false
            spf: enforce
            bootstrap: ["[2001:db8::1]:9093", 2001:db8::2, k3]
            relay: 192.0.2.7
            listeners: [{name: mx}, {name: sub, port: 587}]
            routes: {example.net: {name: hub}}
            """);
    assertEquals(
        new SampleSettings(
            "blue-${x}-1",
            Optional.of(Secret.of("s3cret ${env:COLOUR}")),
            seconds(90),
            List.of(seconds(60), seconds(5400), Duration.ofMillis(1500)),
            new ByteSize(100_000),
            false,
            Mode.ENFORCE,
            List.of(
                new HostPort("2001:db8::1", 9093),
                new HostPort("2001:db8::2", 9092),
                new HostPort("k3", 9092)),
            List.of(Network.parse("192.0.2.7/32")),
            List.of(new Listener("mx", 25), new Listener("sub", 587)),
            Map.of("example.net", new Listener("hub", 25))),
        sample);
  }

  @Test
  void without_a_file_everything_is_at_its_default() throws Exception {
    var loaded = SettingsFile.defaults(Map.of()).read(SampleSettings::read);
    assertEquals("n1", loaded.settings().node());
    assertEquals(seconds(60), loaded.settings().first());
    assertEquals(List.of(), loaded.settings().listeners());
  }

  @Test
  void the_command_line_wins_over_the_file() throws Exception {
    var file = write("version: 1\nnode: a\nroutes: {x: {name: y}}\ndelivery: none\n");
    var overrides =
        List.of(
            "node=b=c",
            "delivery.retry.first=2s",
            "delivery.retry.schedule=[1m, 2m]",
            "routes.\"example.net\".name=hub");
    var sample =
        SettingsFile.of(file, Map.of()).with(overrides).read(SampleSettings::read).settings();
    assertEquals("b=c", sample.node());
    assertEquals(seconds(2), sample.first());
    assertEquals(List.of(seconds(60), seconds(120)), sample.schedule());
    assertEquals(
        Map.of("x", new Listener("y", 25), "example.net", new Listener("hub", 25)),
        sample.routes());
  }

  @Test
  void problems_of_the_command_line_follow_those_of_the_file() throws Exception {
    var file = write("version: 1\nnode: []\n");
    var overrides = List.of("nonsense", "fsync=[", "delivery.retry.frist=1s", "spf=of");
    var refused =
        assertThrows(
            ConfigException.class,
            () -> SettingsFile.of(file, Map.of()).with(overrides).read(SampleSettings::read));
    assertEquals(
        """
        f.yaml:2:7: node: a list (expected: a text)
        --set: nonsense (expected: KEY=VALUE)
        --set: fsync: no YAML: expected the node content, but found '<stream end>'
        --set: spf: of (expected: one of off, observe, enforce; did you mean off?)
        --set: delivery.retry.frist: unknown key (did you mean first?)
        5 problems; nothing was started.\
        """,
        report(refused));
  }

  @Test
  void a_file_that_is_not_there_is_one_problem() {
    var refused =
        assertThrows(
            ConfigException.class, () -> SettingsFile.of(folder.resolve("none.yaml"), Map.of()));
    assertEquals("none.yaml: no such file\n1 problem; nothing was started.", report(refused));
  }

  @Test
  void a_file_in_another_encoding_is_one_problem() throws Exception {
    var file = Files.write(folder.resolve("f.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    var refused = assertThrows(ConfigException.class, () -> SettingsFile.of(file, Map.of()));
    assertEquals("f.yaml: no UTF-8 text\n1 problem; nothing was started.", report(refused));
  }

  @Test
  void effective_settings_show_their_origin_and_no_secret() throws Exception {
    var file = write("version: 1\npassword: hunter2\n");
    var shown =
        SettingsFile.of(file, Map.of()).with(List.of("node=n9")).read(SampleSettings::read).show();
    assertTrue(shown.contains("node: n9  # --set\n"), shown);
    assertTrue(shown.contains("password: ***  # " + file + ":2:1\n"), shown);
    assertTrue(shown.contains("inline: 128KiB  # default\n"), shown);
  }

  @Test
  void the_reference_lists_every_key_with_its_default() {
    var lines =
        SettingsFile.reference(SampleSettings::read).stream()
            .map(s -> String.join(" | ", s.key(), s.expected(), s.byDefault(), s.doc()))
            .map(line -> line.replaceAll("[ |]+$", ""))
            .toList();
    assertEquals(
        """
        version | 1, the only version this release reads |  | the version of this file's format
        node | a text | n1 | name of this node
        password | a secret, best as ${file:PATH} or ${env:NAME}
        delivery.retry.first | a duration from 1s to 1h | 1m
        delivery.retry.schedule | a list, each a duration from 1s to 1d | [1h]
        inline | a size from 0 to 1MiB | 128KiB
        fsync | true or false | true
        spf | one of off, observe, enforce | observe
        bootstrap | a list, each HOST or HOST:PORT | [localhost:9092]
        relay | a list, each a network, such as 192.0.2.0/24 or 2001:db8::/32 | []
        listeners[].name | a text
        listeners[].port | 1..65535 | 25
        routes.NAME.name | a text
        routes.NAME.port | 1..65535 | 25\
        """,
        String.join("\n", lines));
  }

  @Test
  void what_is_written_as_yaml_reads_the_same_and_keeps_references() throws Exception {
    var text =
        SettingsFile.of(write("version: 1\nnode: ${env:COLOUR}\n"), Map.of("COLOUR", "red"))
            .with(List.of("bootstrap=[a:1, b:2]", "fsync=false"))
            .yaml();
    assertTrue(text.contains("${env:COLOUR}"), text);
    var sample = read(text);
    assertEquals("blue", sample.node());
    assertEquals(List.of(new HostPort("a", 1), new HostPort("b", 2)), sample.bootstrap());
  }

  private SampleSettings read(String yaml) throws ConfigException {
    return SettingsFile.of(write(yaml), Map.of("COLOUR", "blue"))
        .read(SampleSettings::read)
        .settings();
  }

  private Path write(String yaml) {
    try {
      return Files.write(folder.resolve("f.yaml"), yaml.getBytes(UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String report(ConfigException refused) {
    return String.valueOf(refused.getMessage())
        .replace(folder + "/f.yaml", "f.yaml")
        .replace(folder + "/none.yaml", "none.yaml");
  }

  private static Duration seconds(int n) {
    return Duration.ofSeconds(n);
  }
}
