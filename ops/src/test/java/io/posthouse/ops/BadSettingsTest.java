package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands that are given settings nobody can use.
class BadSettingsTest {
  @TempDir private Path folder;

  static Stream<String> commands() {
    return KafkaCommands.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_names_each_place_of_a_file_that_it_cannot_use(String command) throws IOException {
    var file = folder.resolve("posthouse.yaml");
    Files.writeString(
        file,
        """
        version: 1
        kafka:
          partitions: many
          topic_prefx: mine.
        """);
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        OpsMain.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute((command + " --config " + file).split(" "));
    assertEquals(3, exitCode, err::toString);
    assertEquals(
        """
        FILE:3:15: kafka.partitions: many (expected: 1..10000)
        FILE:4:3: kafka.topic_prefx: unknown key (did you mean topic_prefix?)
        2 problems; nothing was started.
        """,
        err.toString().replace(file.toString(), "FILE"));
    assertEquals("", out.toString());
  }
}
