package io.posthouse.edge.wire;

import io.posthouse.edge.intake.Arrival;
import io.posthouse.edge.session.Input;
import io.posthouse.edge.session.Refusal;
import io.posthouse.edge.session.Refusals;
import io.posthouse.message.MailParameters.Body;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Content that comes in chunks (RFC 3030): octets that are counted, with no end to look for and no
/// dots to take out.
///
/// Binary content is kept whatever it holds. Text is held to the rule that DATA has: whoever does
/// not say BINARYMIME says that it is lines, and it may go on by DATA to a host that takes a bare
/// LF for the end of one.
final class ChunkReader {
  private final BareNewline policy;
  private @Nullable Arrival arrival;
  private @Nullable LineEnds lines;
  private long left;
  private boolean last;

  ChunkReader(BareNewline policy) {
    this.policy = policy;
  }

  /// A message begins: its chunks go to `into`.
  void begin(Arrival into, Body body) {
    arrival = into;
    lines = body == Body.BINARY_MIME ? null : new LineEnds(policy);
  }

  /// No message is under way: octets are thrown away.
  void forget() {
    arrival = null;
    lines = null;
  }

  /// A chunk of `size` octets comes next.
  void await(long size, boolean isLast) {
    left = size;
    last = isLast;
  }

  /// Octets of the chunk that have not come.
  long left() {
    return left;
  }

  /// The first `length` octets of `octets`, no more than are left.
  void take(byte[] octets, int length) {
    left -= length;
    if (arrival == null) return;
    if (lines == null) arrival.take(octets, 0, length);
    else lines.take(octets, 0, length, arrival::take);
  }

  /// What is to be said of the chunk that has come.
  Input end() {
    if (arrival == null) return new Input.ChunkEnded();
    return refusal(arrival).<Input>map(Input.ChunkRefused::new).orElseGet(Input.ChunkEnded::new);
  }

  /// Whether the message, if it is text, has a CR or LF that stood alone.
  boolean hasBareNewline() {
    return lines != null && lines.hasBareNewline();
  }

  private Optional<Refusal> refusal(Arrival to) {
    if (lines != null && last) lines.end(to::take);
    if (lines != null && lines.hasBareNewline() && policy == BareNewline.REJECT)
      to.refuse(Refusals.BARE_NEWLINE);
    return last ? to.refusal() : to.refusedSoFar();
  }
}
