package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Every command at every level explains itself and ends well.
class OpsMainTest {
  private static final CommandLine POSTHOUSE = OpsMain.commandLine();

  @ParameterizedTest
  @MethodSource("everyCommand")
  void a_command_asked_for_help_shows_its_usage_and_its_exit_codes(List<String> words) {
    var out = new StringWriter();
    var command = OpsMain.commandLine().setOut(new PrintWriter(out));

    var code =
        command.execute(Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new));

    assertEquals(0, code);
    assertTrue(
        out.toString().contains(("Usage: posthouse " + String.join(" ", words)).strip()),
        out::toString);
    assertTrue(out.toString().contains("Exit codes:"), out::toString);
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void an_option_that_does_not_exist_is_bad_usage_and_nothing_is_done(List<String> words) {
    var err = new StringWriter();
    var command = OpsMain.commandLine().setErr(new PrintWriter(err));

    var code =
        command.execute(
            Stream.concat(words.stream(), Stream.of("--no-such-option")).toArray(String[]::new));

    assertEquals(2, code, err::toString);
    // Where something is missing as well, that is said first.
    var said = err.toString();
    assertTrue(said.contains("--no-such-option") || said.contains("Missing required"), said);
    assertTrue(said.startsWith("posthouse: "), said);
    assertEquals(isChoice(words), said.contains("Commands:"), said);
    assertEquals(!isChoice(words), said.endsWith("--help` tells more\n"), said);
  }

  @Test
  void a_word_that_is_none_of_those_expected_is_shown_them() {
    assertEquals(
        """
        posthouse: Invalid value for option '--by': colour (expected: destination, sender, host, site)
        `posthouse queue summary --help` tells more
        """,
        refused("queue", "summary", "--by", "colour"));
    assertEquals(
        """
        posthouse: Invalid value for option '--format': xml (expected: table, json)
        `posthouse trace --help` tells more
        """,
        refused("trace", "0gm3w1v7z0a1b2c", "--format", "xml"));
    assertTrue(refused("queue", "list", "--place", "here").contains("expected: first, split, due"));
  }

  @Test
  void a_command_that_is_nearly_one_is_suggested() {
    assertTrue(refused("queue", "lst").contains("Did you mean: queue list"));
  }

  private static String refused(String... arguments) {
    var err = new StringWriter();
    assertEquals(2, OpsMain.commandLine().setErr(new PrintWriter(err)).execute(arguments));
    return err.toString();
  }

  static Stream<List<String>> everyCommand() {
    return below(POSTHOUSE, List.of());
  }

  private static boolean isChoice(List<String> words) {
    var command = POSTHOUSE;
    for (var word : words) command = Objects.requireNonNull(command.getSubcommands().get(word));
    return !command.getSubcommands().isEmpty();
  }

  private static Stream<List<String>> below(CommandLine command, List<String> words) {
    var children =
        command.getSubcommands().entrySet().stream()
            .filter(child -> !child.getKey().equals("help"))
            .flatMap(child ->
                below(
                    child.getValue(),
                    Stream.concat(words.stream(), Stream.of(child.getKey())).toList()));
    return Stream.concat(Stream.of(words), children);
  }
}
