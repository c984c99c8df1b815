package io.posthouse.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Locale;

/// Writes every line of the log in the format of events; an event is one already. Named in
/// `logback.xml`.
public final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  @Override
  public byte[] encode(ILoggingEvent event) {
    var isEvent = event.getLoggerName().equals(Logs.EVENTS);
    var line = isEvent ? event.getFormattedMessage() : line(event);
    return (line + "\n").getBytes(UTF_8);
  }

  private String line(ILoggingEvent event) {
    var node = getContext().getProperty(Logs.NODE);
    var line =
        new JsonLine()
            .text("at", Timestamps.format(event.getInstant()))
            .text("node", node == null ? "" : node)
            .text("event", "log")
            .text("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
            .text("logger", event.getLoggerName())
            .text("thread", event.getThreadName())
            .text("message", String.valueOf(event.getFormattedMessage()));
    if (event.getThrowableProxy() instanceof ThrowableProxy fault)
      Faults.describe(line, fault.getThrowable());
    return line.end();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
