package io.posthouse.message;

import io.posthouse.address.ReversePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A message in the queue: for whom, from whom, where its content lies, and what we have tried so
/// far.
///
/// @param returnTo where a DSN would go; empty for the null reverse-path
/// @param arrived when the edge took the end of the content; the age of the message counts from
///   here
/// @param trace the header lines we prepend, with their line ends; the message is `trace` then
///   content
/// @param attempts oldest first, at most [#LONGEST_HISTORY]
/// @param due when a deferred message is tried again; empty on its first way
/// @param orders what operators have ordered about it
/// @param site where a worker last found that it goes; empty before the first has asked
/// @param resumed when it last came back, released or replayed; empty if it was always on its way
public record Envelope(
    QueueId queueId,
    ReversePath reversePath,
    Optional<Destination> returnTo,
    List<Recipient> recipients,
    MailParameters parameters,
    Client client,
    Instant arrived,
    Octets trace,
    Content content,
    List<Attempt> attempts,
    int attemptCount,
    Optional<Instant> due,
    Orders orders,
    Optional<SiteName> site,
    Optional<Instant> resumed) {
  /// Older attempts are forgotten, but still counted.
  public static final int LONGEST_HISTORY = 20;

  public Envelope {
    recipients = List.copyOf(recipients);
    attempts = List.copyOf(attempts);
    if (recipients.isEmpty())
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
    if (attempts.size() > LONGEST_HISTORY) {
      throw new IllegalArgumentException(
          "attempts: " + attempts.size() + " (expected: at most " + LONGEST_HISTORY + ")");
    }
    if (attemptCount < attempts.size()) {
      throw new IllegalArgumentException(
          "attempt count: " + attemptCount + " (expected: at least the attempts listed)");
    }
  }

  /// A message that no operator has touched.
  public Envelope(
      QueueId queueId,
      ReversePath reversePath,
      Optional<Destination> returnTo,
      List<Recipient> recipients,
      MailParameters parameters,
      Client client,
      Instant arrived,
      Octets trace,
      Content content,
      List<Attempt> attempts,
      int attemptCount,
      Optional<Instant> due) {
    this(
        queueId,
        reversePath,
        returnTo,
        recipients,
        parameters,
        client,
        arrived,
        trace,
        content,
        attempts,
        attemptCount,
        due,
        Orders.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /// A message on its first way.
  public static Envelope accepted(
      QueueId queueId,
      ReversePath reversePath,
      Optional<Destination> returnTo,
      List<Recipient> recipients,
      MailParameters parameters,
      Client client,
      Instant arrived,
      Octets trace,
      Content content) {
    return new Envelope(
        queueId,
        reversePath,
        returnTo,
        recipients,
        parameters,
        client,
        arrived,
        trace,
        content,
        List.of(),
        0,
        Optional.empty());
  }

  /// Octets of the message as a recipient gets it.
  public long size() {
    return trace.length() + content.size();
  }

  /// The destinations of its recipients, each once, in their order.
  public List<Destination> destinations() {
    return recipients.stream().map(Recipient::destination).distinct().toList();
  }

  /// The same message for fewer recipients.
  public Envelope forRecipients(List<Recipient> some) {
    return with(some, trace, content, attempts, attemptCount, due, orders);
  }

  /// The same message with its content elsewhere.
  public Envelope withContent(Content moved) {
    return with(recipients, trace, moved, attempts, attemptCount, due, orders);
  }

  /// The same message with more header lines of ours, before all others.
  public Envelope preceded(Octets lines) {
    return with(recipients, lines.then(trace), content, attempts, attemptCount, due, orders);
  }

  /// The same message after one more attempt, to be tried again at `retryAt`.
  public Envelope deferred(Attempt attempt, Instant retryAt) {
    var kept =
        Stream.concat(attempts.stream(), Stream.of(attempt))
            .skip(Math.max(0, attempts.size() + 1 - LONGEST_HISTORY));
    return with(
        recipients, trace, content, kept.toList(), attemptCount + 1, Optional.of(retryAt), orders);
  }

  /// The same message, to be tried at `until`, without an attempt: we could not begin.
  public Envelope postponed(Instant until) {
    return with(recipients, trace, content, attempts, attemptCount, Optional.of(until), orders);
  }

  /// The same message with these orders about it.
  public Envelope ordered(Orders given) {
    return with(recipients, trace, content, attempts, attemptCount, due, given);
  }

  /// The same message on its way to a site.
  public Envelope to(SiteName there) {
    return with(
        recipients,
        trace,
        content,
        attempts,
        attemptCount,
        due,
        orders,
        Optional.of(there),
        resumed);
  }

  /// The same message back from where nobody tried it.
  public Envelope resumed(Instant now) {
    return with(
        recipients, trace, content, attempts, attemptCount, due, orders, site, Optional.of(now));
  }

  /// The same message as it was at `then`, as far as its history tells: without later attempts.
  public Envelope asOf(Instant then) {
    var earlier = attempts.stream().filter(attempt -> !attempt.at().isAfter(then)).toList();
    var count = attemptCount - attempts.size() + earlier.size();
    return with(recipients, trace, content, earlier, count, due, orders);
  }

  private Envelope with(
      List<Recipient> to,
      Octets lines,
      Content where,
      List<Attempt> history,
      int count,
      Optional<Instant> next,
      Orders given) {
    return with(to, lines, where, history, count, next, given, site, resumed);
  }

  /// Whose it is and where it came from never changes.
  private Envelope with(
      List<Recipient> to,
      Octets lines,
      Content where,
      List<Attempt> history,
      int count,
      Optional<Instant> next,
      Orders given,
      Optional<SiteName> there,
      Optional<Instant> back) {
    return new Envelope(
        queueId,
        reversePath,
        returnTo,
        to,
        parameters,
        client,
        arrived,
        lines,
        where,
        history,
        count,
        next,
        given,
        there,
        back);
  }
}
