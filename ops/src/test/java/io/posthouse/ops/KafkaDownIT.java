package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands that need Kafka, where nobody listens. Each waits for it as long as a person would, all
/// at the same time.
class KafkaDownIT {
  private static final Pattern SENTENCE =
      Pattern.compile(
          // A replay says first what it is about to do.
          "((local|remote|dead) from \\S+ to \\S+, everything\\R)?"
              + "posthouse: Kafka at 127\\.0\\.0\\.1:1 does not answer: \\V+\\R");

  private static final Map<String, Answer> ANSWERS = new LinkedHashMap<>();

  private record Answer(int exitCode, String out, String err) {}

  @BeforeAll
  static void askAll() throws Exception {
    var asked = new LinkedHashMap<String, Future<Answer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var command : KafkaCommands.ALL) asked.put(command, threads.submit(() -> ask(command)));
    }
    for (var each : asked.entrySet()) ANSWERS.put(each.getKey(), each.getValue().get());
  }

  static Stream<String> commands() {
    return KafkaCommands.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void who_needs_kafka_says_in_one_line_that_it_is_not_reachable(String command) {
    var answer = Objects.requireNonNull(ANSWERS.get(command));
    assertEquals(4, answer.exitCode(), answer::toString);
    assertTrue(SENTENCE.matcher(answer.err()).matches(), answer::toString);
    assertEquals("", answer.out());
  }

  /// With output of its own, as there is one standard output for all.
  private static Answer ask(String command) {
    var out = new StringWriter();
    var err = new StringWriter();
    var words = Stream.of((command + " --bootstrap 127.0.0.1:1").split(" "));
    var exitCode =
        OpsMain.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words.toArray(String[]::new));
    return new Answer(exitCode, out.toString(), err.toString());
  }
}
