package io.posthouse.edge.wire;

import io.posthouse.edge.session.Refusals;
import io.posthouse.edge.session.Transaction;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.telemetry.Checked;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What our checks had to say of a message that is handed over, all of them together.
///
/// @param ofGreeting of whether the client waited for it; empty where nobody looked
/// @param ofListener what its listener asks of every client
/// @param ofPlace limits of the client, where it has any
/// @param bareNewline whether a CR or LF stood alone in it
record Findings(
    Optional<Checked> ofGreeting,
    List<Checked> ofListener,
    List<Checked> ofPlace,
    boolean bareNewline) {
  static final Checked WAITED = Checked.passed(Refusals.SPOKE_FIRST.check());
  static final Checked SPOKE_FIRST =
      Checked.observed(Refusals.SPOKE_FIRST.check(), Refusals.SPOKE_FIRST.reply());

  private static final Checked WHOLE_LINES = Checked.passed(Refusals.BARE_NEWLINE.check());
  private static final Checked BARE_NEWLINE =
      Checked.observed(Refusals.BARE_NEWLINE.check(), Refusals.BARE_NEWLINE.reply());
  private static final Checked LINE = Checked.passed("line");
  private static final List<Checked> OF_ANY_CONTENT =
      Stream.of("size", "header", "mime", "hops", "loop").map(Checked::passed).toList();

  /// Those about single recipients come last.
  List<Checked> of(Transaction transaction) {
    return Stream.of(
            ofGreeting.stream(),
            ofListener.stream(),
            ofPlace.stream(),
            OF_ANY_CONTENT.stream(),
            ofLines(transaction.parameters().body()),
            transaction.checks().all().stream())
        .flatMap(said -> said)
        .toList();
  }

  /// What is binary has no lines (RFC 3030 §3).
  private Stream<Checked> ofLines(Body body) {
    if (body == Body.BINARY_MIME) return Stream.empty();
    return Stream.of(LINE, bareNewline ? BARE_NEWLINE : WHOLE_LINES);
  }
}
