package io.posthouse.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said of a file that cannot be read as settings: all of it at once, each with its place.
class SettingsProblemsTest {
  @TempDir Path folder;

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
    var file = Files.writeString(folder.resolve("f.yaml"), c.yaml());
    var refused =
        assertThrows(
            ConfigException.class,
            () -> SettingsFile.of(file, Map.of("COLOUR", "blue")).read(SampleSettings::read));
    var said = String.valueOf(refused.getMessage()).replace(file.toString(), "f.yaml");
    assertEquals(c.report().replace("FOLDER", folder.toString()), said);
  }
}
