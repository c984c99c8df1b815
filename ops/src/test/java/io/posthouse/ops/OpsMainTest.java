package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Every command at every level explains itself and ends well.
class OpsMainTest {
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
    assertTrue(said.contains("--no-such-option") || said.startsWith("Missing required"), said);
  }

  static Stream<List<String>> everyCommand() {
    return below(OpsMain.commandLine(), List.of());
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
