package io.posthouse.ops.trace;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.EventLog;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.message.QueueId;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Moment;
import io.posthouse.ops.cli.Usage;
import io.posthouse.ops.queue.ScanProgress;
import io.posthouse.queue.PathPattern;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse trace`.
@Command(
    name = "trace",
    description = {
      "Tells the life of a message over all nodes, event by event, with the DSNs, forwards and answers"
          + " that came of it; of what was refused, the session and the check that refused it.",
      "A message is found by its queue id at once; by its Message-ID, or by sender and recipient, all"
          + " events of the time are looked through. Events are kept for 14 days.",
      "An event names a hundred recipients of a message. One with more is found by what happened to"
          + " the others; where nothing names them all, as of mail that was stored, it is listed under"
          + " perhaps."
    })
public final class TraceCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "QUEUE-ID|MESSAGE-ID",
      arity = "0..1",
      description = "As the client was told with the 250; or the header field of the message.")
  private @Nullable String id;

  @Option(
      names = "--sender",
      paramLabel = "PATH",
      description = "Mail from ADDRESS, from anybody at @DOMAIN, or from <>.")
  private @Nullable String sender;

  @Option(
      names = "--recipient",
      paramLabel = "PATH",
      description = "Mail for ADDRESS, or for anybody at @DOMAIN.")
  private @Nullable String recipient;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "2026-03-02T08:00:00Z, or 4h for four hours ago.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "The same.")
  private @Nullable String until;

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    var life = new Life();
    var queueId = Optional.ofNullable(id).flatMap(QueueId::parse);
    if (queueId.isPresent() && (sender != null || recipient != null))
      throw Usage.wrong(spec, "a queue id needs no --sender or --recipient");
    var sought = queueId.isPresent() ? Optional.<Sought>empty() : Optional.of(sought());
    var span = span(InstantSource.system().instant());
    try (var progress = new ScanProgress(spec.commandLine().getErr())) {
      var tracer = new Tracer(new EventLog(cluster.kafka()), life, progress);
      queueId.ifPresent(life::about);
      if (sought.isPresent()) tracer.search(sought.get(), span);
      tracer.follow();
    }
    if (life.isEmpty())
      throw CommandFailed.because("nothing is known of it (events are kept for 14 days)");
    new LifePrinter(spec.commandLine().getOut(), format.chosen()).print(life);
    remark(life);
    return ExitCode.DONE;
  }

  /// What the lives alone do not say, whatever their format.
  private void remark(Life life) {
    var err = spec.commandLine().getErr();
    if (!life.perhaps().isEmpty())
      err.printf(
          "messages that may be for whom you seek, as no event names all their recipients: %d%n",
          life.perhaps().size());
    life.exceeded().forEach(bound -> err.println(bound.exceeded() + "; narrow the search"));
    err.flush();
  }

  private Sought sought() {
    if (id == null && sender == null && recipient == null)
      throw Usage.wrong(spec, "whose life? (expected: an id, --sender or --recipient)");
    return new Sought(
        Optional.ofNullable(id), path("--sender", sender), path("--recipient", recipient));
  }

  private Optional<PathPattern> path(String option, @Nullable String text) {
    if (text == null) return Optional.empty();
    return Optional.of(
        Usage.read(
            spec,
            option,
            text,
            "ADDRESS or @DOMAIN",
            given -> PathPattern.parse(given).orElseThrow(IllegalArgumentException::new)));
  }

  private TimeSpan span(Instant now) {
    var from = since == null ? Instant.EPOCH : time("--since", since, now);
    var to = until == null ? now.plus(TimeSpan.CLOCKS) : time("--until", until, now);
    if (!from.isBefore(to)) throw Usage.wrong(spec, "--since: not before --until");
    return new TimeSpan(from, to);
  }

  private Instant time(String option, String text, Instant now) {
    return Usage.read(
        spec,
        option,
        text,
        "a time such as 2026-03-02T08:00:00Z, or an age such as 4h",
        given -> Moment.ago(given, now));
  }
}
