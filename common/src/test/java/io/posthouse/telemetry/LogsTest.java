package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogsTest {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final JsonLogEncoder encoder = encoder();

  @Test
  void an_event_is_written_as_it_is() {
    assertEquals("{\"event\":\"x\"}\n", encode("posthouse.events", "{\"event\":\"x\"}", null));
  }

  @Test
  void a_library_speaks_the_same_language() {
    context.putProperty("node", "edge-1");
    var line = encode("org.example.Lib", "two\nlines", new IllegalStateException("why"));
    assertTrue(
        Pattern.matches(
            "\\{\"at\":\"[^\"]+Z\",\"node\":\"edge-1\",\"event\":\"log\",\"level\":\"warn\","
                + "\"logger\":\"org.example.Lib\",\"thread\":\"[^\"]+\",\"message\":\"two\\\\nlines\","
                + "\"error\":\"java.lang.IllegalStateException: why\",\"trace\":\\[\".+\"]}\n",
            line),
        line);
  }

  @Test
  void a_cause_that_causes_itself_ends() {
    var first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    var line = encode("org.example.Lib", "round", first);
    assertEquals(5, line.split("caused by", -1).length - 1, line);
  }

  private String encode(
      String logger, String message, @org.jspecify.annotations.Nullable Throwable fault) {
    Logger named = context.getLogger(logger);
    var event = new LoggingEvent("", named, Level.WARN, message, fault, null);
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  private JsonLogEncoder encoder() {
    var made = new JsonLogEncoder();
    made.setContext(context);
    made.start();
    return made;
  }
}
