package io.posthouse.edge.session;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Destination;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Recipient;
import io.posthouse.telemetry.Checked;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A mail transaction (RFC 5321 §3.3): an envelope that is not complete yet.
///
/// @param returnTo where a DSN would go; empty where none can or may be sent
/// @param accepted the recipients we said 250 to, in order; one named twice is here twice
/// @param checks what our checks said of it so far
public record Transaction(
    ReversePath from,
    Optional<Destination> returnTo,
    MailParameters parameters,
    List<Recipient> accepted,
    Checks checks) {
  public Transaction {
    accepted = List.copyOf(accepted);
  }

  /// One that begins.
  ///
  /// @param said by our checks of the sender
  public static Transaction begin(
      ReversePath from,
      Optional<Destination> returnTo,
      MailParameters parameters,
      List<Checked> said) {
    return new Transaction(from, returnTo, parameters, List.of(), Checks.of(said));
  }

  /// Each recipient once: naming one twice must not deliver twice, whatever else was wished of it.
  public List<Recipient> recipients() {
    if (accepted.size() == 1) return accepted;
    var seen = new HashSet<MailAddress>();
    return accepted.stream().filter(recipient -> seen.add(recipient.address())).toList();
  }

  Transaction with(Recipient recipient, List<Checked> said) {
    var more = Stream.concat(accepted.stream(), Stream.of(recipient)).toList();
    return new Transaction(
        from, returnTo, parameters, more, checks.with(recipient.address(), said));
  }
}
