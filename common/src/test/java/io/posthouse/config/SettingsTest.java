package io.posthouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
  @TempDir Path folder;

  enum Mode {
    OFF,
    OBSERVE,
    ENFORCE
  }

  record Listener(String name, int port) {
    Listener {
      if (name.equals("smtp") && port == 465)
        throw new IllegalArgumentException("465 (expected: a listener with TLS)");
    }

    static Listener read(Settings in) {
      return new Listener(in.requiredString("name"), in.integer("port", 1, 65535, 25));
    }
  }

  /// A settings record with one of each kind.
  record Sample(
      String node,
      Optional<Secret> password,
      Duration first,
      List<Duration> schedule,
      ByteSize inline,
      boolean fsync,
      Mode spf,
      List<HostPort> bootstrap,
      List<Network> relay,
      List<Listener> listeners,
      Map<String, Listener> routes) {

    static Sample read(Settings in) {
      var delivery = in.section("delivery");
      return new Sample(
          in.about("name of this node").string("node", "n1"),
          in.secret("password"),
          delivery.duration("retry.first", seconds(1), hours(1), seconds(60)),
          delivery.durations("retry.schedule", seconds(1), hours(24), List.of(hours(1))),
          in.size("inline", new ByteSize(0), ByteSize.mib(1), ByteSize.kib(128)),
          in.bool("fsync", true),
          in.choice("spf", Mode.class, Mode.OBSERVE),
          in.hostPorts("bootstrap", 9092, List.of(new HostPort("localhost", 9092))),
          in.networks("relay", List.of()),
          in.sections("listeners", Listener::read),
          in.map("routes", Listener::read));
    }
  }

  /// What is written, and every line of the report that follows.
  record Case(String yaml, String report) {}

  static List<Case> files_with_problems() {
    return List.of(
        new Case(
            """
            version: 1
            delivery:
              retry:
                first: 1x
                fisrt: 2s
            """,
            """
            f.yaml:4:12: delivery.retry.first: 1x (expected: a duration from 1s to 1h)
            f.yaml:5:5: delivery.retry.fisrt: unknown key (did you mean first?)
            2 problems; nothing was started.\
            """),
        new Case(
            """
            version: 1
            colour: blue
            """,
            """
            f.yaml:2:1: colour: unknown key (expected: bootstrap, delivery, fsync, inline, listeners, node, password, relay, routes, spf, version)
            1 problem; nothing was started.\
            """),
        new Case(
            "node: n2\n",
            """
            f.yaml:1:1: version: missing (expected: 1, the only version this release reads)
            1 problem; nothing was started.\
            """),
        new Case(
            "",
            """
            f.yaml:1:1: version: missing (expected: 1, the only version this release reads)
            1 problem; nothing was started.\
            """),
        new Case(
            "version: 2\n",
            """
            f.yaml:1:10: version: 2 (expected: 1, the only version this release reads)
            1 problem; nothing was started.\
            """),
        new Case(
            "- just\n- a list\n",
            """
            f.yaml:1:1: a list (expected: sections, such as kafka:)
            1 problem; nothing was started.\
            """),
        new Case(
            "version: 1\nnode: [a\n",
            """
            f.yaml:3:1: no YAML: expected ',' or ']', but got <stream end>
            1 problem; nothing was started.\
            """),
        new Case(
            "version: 1\n\tnode: a\n",
            """
            f.yaml:2:1: no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
            1 problem; nothing was started.\
            """),
        new Case(
            "version: 1\n---\nnode: a\n",
            """
            f.yaml:2:1: no YAML: but found another document
            1 problem; nothing was started.\
            """),
        new Case(
            """
            version: 1
            node: a
            delivery:
              retry: {first: 1s, first: 2s}
            node: b
            """,
            """
            f.yaml:4:22: delivery.retry.first: set twice (first at f.yaml:4:11)
            f.yaml:5:1: node: set twice (first at f.yaml:2:1)
            2 problems; nothing was started.\
            """),
        new Case(
            """
            version: 1
            node: [a, b]
            delivery: 5
            listeners:
              name: x
            routes: [a]
            fsync: yes
            inline:
            """,
            """
            f.yaml:2:7: node: a list (expected: a text)
            f.yaml:3:11: delivery: 5 (expected: a section)
            f.yaml:5:3: listeners: a section (expected: a list of sections)
            f.yaml:6:9: routes: a list (expected: a section)
            f.yaml:7:8: fsync: yes (expected: true or false)
            f.yaml:8:8: inline: empty (expected: a size from 0 to 1MiB)
            6 problems; nothing was started.\
            """),
        new Case(
            """
            version: 1
            spf: enforced
            relay: [10.0.0.0/8, 10.0.0.1/8, localhost]
            bootstrap: [a, "b:99999", "c d"]
            inline: 2MiB
            delivery:
              retry.first: 1s
              retry:
                schedule: [1m, soon, [2m]]
            """,
            """
            f.yaml:2:6: spf: enforced (expected: one of off, observe, enforce; did you mean enforce?)
            f.yaml:3:21: relay[1]: 10.0.0.1/8 (expected: a network, such as 192.0.2.0/24 or 2001:db8::/32)
            f.yaml:3:33: relay[2]: localhost (expected: a network, such as 192.0.2.0/24 or 2001:db8::/32)
            f.yaml:4:16: bootstrap[1]: b:99999 (expected: HOST or HOST:PORT)
            f.yaml:4:27: bootstrap[2]: c d (expected: HOST or HOST:PORT)
            f.yaml:5:9: inline: 2MiB (expected: a size from 0 to 1MiB)
            f.yaml:7:3: delivery.retry.first: unknown key (expected: retry)
            f.yaml:9:20: delivery.retry.schedule[1]: soon (expected: a duration from 1s to 1d)
            f.yaml:9:26: delivery.retry.schedule[2]: a list (expected: a duration from 1s to 1d)
            9 problems; nothing was started.\
            """),
        new Case(
            """
            version: 1
            listeners:
              - port: 2525
              - name: smtp
                prot: 25
              - {name: smtp, port: 465}
            routes:
              example.net: {port: 0}
            """,
            """
            f.yaml:3:5: listeners[0].name: missing (expected: a text)
            f.yaml:5:5: listeners[1].prot: unknown key (did you mean port?)
            f.yaml:6:5: listeners[2]: 465 (expected: a listener with TLS)
            f.yaml:8:3: routes.example.net.name: missing (expected: a text)
            f.yaml:8:23: routes.example.net.port: 0 (expected: 1..65535)
            5 problems; nothing was started.\
            """),
        new Case(
            """
            version: 1
            node: ${env:NOWHERE}
            password: ${file:missing}
            spf: ${secret:x}
            fsync: ${env:COLOUR}
            """,
            """
            f.yaml:2:7: node: ${env:NOWHERE} (expected: the environment variable NOWHERE to be set)
            f.yaml:3:11: password: ${file:missing} (expected: a readable file FOLDER/missing)
            f.yaml:4:6: spf: ${secret:x} (expected: ${env:NAME} or ${file:PATH})
            f.yaml:5:8: fsync: ${env:COLOUR} (expected: true or false)
            4 problems; nothing was started.\
            """),
        new Case(
            """
            version: 1
            node: &me a
            spf: !mode off
            ? [a, b]
            : c
            """,
            """
            f.yaml:2:7: node: &me (expected: no anchors)
            f.yaml:3:6: spf: !mode (expected: no tags)
            f.yaml:4:3: a list or section as key (expected: a word)
            3 problems; nothing was started.\
            """));
  }

  @ParameterizedTest
  @MethodSource("files_with_problems")
  void every_problem_is_reported_at_once_with_its_place(Case c) throws Exception {
    var refused = assertThrows(ConfigException.class, () -> read(c.yaml()));
    assertEquals(c.report().replace("FOLDER", folder.toString()), report(refused));
  }

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
        new Sample(
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
    var loaded = SettingsFile.defaults(Map.of()).read(Sample::read);
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
    var sample = SettingsFile.of(file, Map.of()).with(overrides).read(Sample::read).settings();
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
            () -> SettingsFile.of(file, Map.of()).with(overrides).read(Sample::read));
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
    var shown = SettingsFile.of(file, Map.of()).with(List.of("node=n9")).read(Sample::read).show();
    assertTrue(shown.contains("node: n9  # --set\n"), shown);
    assertTrue(shown.contains("password: ***  # " + file + ":2:1\n"), shown);
    assertTrue(shown.contains("inline: 128KiB  # default\n"), shown);
  }

  @Test
  void the_reference_lists_every_key_with_its_default() {
    var lines =
        SettingsFile.reference(Sample::read).stream()
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

  private Sample read(String yaml) throws ConfigException {
    return SettingsFile.of(write(yaml), Map.of("COLOUR", "blue")).read(Sample::read).settings();
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

  private static Duration hours(int n) {
    return Duration.ofHours(n);
  }
}
