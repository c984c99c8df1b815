package io.posthouse.ops.queue;

import io.posthouse.address.Domain;
import io.posthouse.config.Durations;
import io.posthouse.message.QueueId;
import io.posthouse.ops.cli.Usage;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.PathPattern;
import io.posthouse.queue.QueueFilter;
import io.posthouse.queue.ReplyPattern;
import io.posthouse.queue.SitePattern;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Which messages of the queue a command is about. All that is given must hold.
public final class FilterOptions {
  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Only mail for recipients there, or that goes there.")
  private @Nullable String domain;

  @Option(
      names = "--sender",
      paramLabel = "PATH",
      description = "Only mail from ADDRESS, from anybody at @DOMAIN, or from <>.")
  private @Nullable String sender;

  @Option(
      names = "--recipient",
      paramLabel = "PATH",
      description = "Only mail for ADDRESS, or for anybody at @DOMAIN.")
  private @Nullable String recipient;

  @Option(names = "--id", paramLabel = "QUEUE-ID", description = "Only this message.")
  private @Nullable String id;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Only mail that arrived so long ago or longer, such as 4h or 1d12h.")
  private @Nullable String olderThan;

  @Option(
      names = "--reply",
      paramLabel = "TEXT",
      description = "Only mail whose last attempt heard TEXT, in any case; or /EXPRESSION/.")
  private @Nullable String reply;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description =
          "Only mail that goes to HOST among others, to hosts below a domain (*.example.net), or to a"
              + " site as `queue summary --by site` names it.")
  private @Nullable String site;

  /// The filter they make.
  ///
  /// @throws picocli.CommandLine.ParameterException where one cannot be read
  public QueueFilter read(CommandSpec spec) {
    var criteria = new ArrayList<Criterion>();
    var options = new Reading(spec, criteria);
    options.add("--domain", domain, "a domain", text -> Domain.parse(text).map(Criterion.To::new));
    options.add(
        "--sender",
        sender,
        "ADDRESS, @DOMAIN or <>",
        text -> PathPattern.parse(text).map(Criterion.Sender::new));
    options.add(
        "--recipient",
        recipient,
        "ADDRESS or @DOMAIN",
        text -> PathPattern.parse(text).map(Criterion.Recipient::new));
    options.add("--id", id, "a queue id", text -> QueueId.parse(text).map(Criterion.Id::new));
    options.add("--older-than", olderThan, "an age, such as 4h", FilterOptions::age);
    options.add(
        "--reply",
        reply,
        "a text or /EXPRESSION/",
        text -> ReplyPattern.parse(text).map(Criterion.Reply::new));
    options.add(
        "--site",
        site,
        "HOST, *.DOMAIN or the name of a site",
        text -> SitePattern.parse(text).map(Criterion.Site::new));
    return new QueueFilter(criteria);
  }

  private static Optional<Criterion> age(String text) {
    return Optional.of(new Criterion.OlderThan(Durations.parse(text)));
  }

  private record Reading(CommandSpec spec, ArrayList<Criterion> criteria) {
    void add(
        String option,
        @Nullable String text,
        String expected,
        Function<String, Optional<? extends Criterion>> reader) {
      if (text == null) return;
      criteria.add(
          Usage.read(
              spec,
              option,
              text,
              expected,
              given -> reader.apply(given).orElseThrow(IllegalArgumentException::new)));
    }
  }
}
