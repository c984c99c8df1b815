package io.posthouse.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.ArrayList;
import org.slf4j.LoggerFactory;

/// Where this process writes its log: events and whatever libraries say, one JSON object a line.
/// Unless somebody says otherwise that is standard output (`logback.xml`).
public final class Logs {
  static final String EVENTS = "posthouse.events";
  static final String NODE = "node";
  private static final String QUEUE = "log";
  private static final FileSize LARGEST_FILE = FileSize.valueOf("50MB");
  private static final int OLD_FILES = 4;

  private Logs() {}

  /// Puts the node's name on the lines of libraries too.
  public static void name(String node) {
    context().putProperty(NODE, node);
  }

  /// For commands, whose standard output belongs to their answer.
  public static void toStandardError() {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget("System.err");
    to(console);
  }

  /// Into a file of some 50 MB and its four predecessors, `FILE.1` being the latest.
  public static void toFile(Path file) {
    var log = new RollingFileAppender<ILoggingEvent>();
    log.setFile(file.toString());
    roll(log, file);
    to(log);
  }

  /// Lines that were lost because the log could not be written as fast as they came.
  public static long dropped() {
    return root().getAppender(QUEUE) instanceof LogQueue queue ? queue.dropped() : 0;
  }

  /// Writes what is still to be written; the last act of a process.
  public static void close() {
    context().stop();
  }

  private static void roll(RollingFileAppender<ILoggingEvent> log, Path file) {
    var rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context());
    rolling.setParent(log);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMaxIndex(OLD_FILES);
    rolling.start();
    var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    trigger.setContext(context());
    trigger.setMaxFileSize(LARGEST_FILE);
    trigger.setCheckIncrement(Duration.buildBySeconds(1));
    trigger.start();
    log.setRollingPolicy(rolling);
    log.setTriggeringPolicy(trigger);
  }

  private static void to(OutputStreamAppender<ILoggingEvent> target) {
    var encoder = new JsonLogEncoder();
    encoder.setContext(context());
    encoder.start();
    target.setContext(context());
    target.setEncoder(encoder);
    target.start();
    replaceQueue(target);
  }

  private static void replaceQueue(OutputStreamAppender<ILoggingEvent> target) {
    var before = new ArrayList<Appender<ILoggingEvent>>();
    root().iteratorForAppenders().forEachRemaining(before::add);
    var queue = new LogQueue();
    queue.setContext(context());
    queue.setName(QUEUE);
    queue.addAppender(target);
    queue.start();
    root().addAppender(queue);
    before.forEach(root()::detachAppender);
    // Stopping writes what they still hold.
    before.forEach(Appender::stop);
  }

  private static Logger root() {
    return context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
