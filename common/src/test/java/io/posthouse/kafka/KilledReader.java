package io.posthouse.kafka;

import io.posthouse.outcome.Evidence;
import io.posthouse.queue.Taken;
import io.posthouse.queue.Topics;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.telemetry.CommandEvents;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A process that prints each message it has done, records that it is delivered, and then settles
/// it; one in a hundred takes longer than the process lives.
final class KilledReader {
  private static final int SLOW = 600_000;
  private static final int MOST_IN_FLIGHT = 2_000;

  private KilledReader() {}

  static LedgerSettings settings(String group, Topics topics) {
    return LedgerSettings.of(group, "victim", List.of(topics.remote(), topics.remoteDue()))
        .withMost(MOST_IN_FLIGHT, 64 << 20);
  }

  /// Reads until it is killed.
  ///
  /// @param arguments bootstrap servers, topic prefix, group
  public static void main(String[] arguments) {
    var given = Arrays.asList(arguments);
    var cluster = new KafkaCluster(given.get(0), new Topics(given.get(1)));
    var sessions = Executors.newScheduledThreadPool(2);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var sink = new KafkaEventSink(cluster, new Metrics());
    sink.start();
    var events = new CommandEvents("victim", InstantSource.system(), sink);
    new LedgerReader(
            cluster,
            settings(given.get(2), cluster.topics()),
            taken -> session(sessions, taken, events, out),
            new RecordingDeadLetters(0),
            events,
            InstantSource.system())
        .start();
  }

  private static void session(
      ScheduledExecutorService sessions, Taken taken, Events events, PrintStream out) {
    var random = ThreadLocalRandom.current();
    var millis = random.nextInt(100) == 0 ? SLOW : random.nextInt(200);
    var _ =
        sessions.schedule(
            () -> {
              out.println("done " + taken.position());
              events.record(delivered(taken));
              taken.settle();
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  private static MailEvent delivered(Taken taken) {
    var envelope = taken.envelope();
    var said = new Evidence.Observed(EnhancedStatus.of("2.0.0"), taken.position().toString());
    var to = envelope.recipients().getFirst().address();
    return new MailEvent.Delivered(envelope.queueId(), to, said, 1, Duration.ZERO);
  }
}
