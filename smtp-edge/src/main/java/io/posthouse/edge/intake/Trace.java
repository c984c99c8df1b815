package io.posthouse.edge.intake;

import io.posthouse.edge.session.ListenerKind;
import io.posthouse.message.Client;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/// The header lines we put before the content: where we had it from (RFC 5321 §4.4), and what a
/// message that one of our users wrote must have and lacks (RFC 6409 §8).
final class Trace {
  private final String hostname;
  private final TraceDate date = new TraceDate();

  Trace(String hostname) {
    this.hostname = hostname;
  }

  Octets lines(
      QueueId queueId,
      Client client,
      ListenerKind kind,
      List<Recipient> recipients,
      HeaderScan header,
      Instant arrived) {
    var when = date.of(arrived);
    var lines = received(queueId, client, recipients, when);
    if (kind.isSubmission() && !header.hasDate())
      lines.append("Date: ").append(when).append("\r\n");
    if (kind.isSubmission() && header.messageId().isEmpty())
      lines.append("Message-ID: <").append(queueId).append('@').append(hostname).append(">\r\n");
    return Octets.utf8(lines.toString());
  }

  private StringBuilder received(
      QueueId queueId, Client client, List<Recipient> recipients, String when) {
    var line = new StringBuilder(256);
    line.append("Received: from ").append(client.helo());
    line.append(" (");
    client.passage().name().ifPresent(name -> line.append(name).append(' '));
    line.append(literal(client.address())).append(")\r\n\tby ").append(hostname);
    line.append(" (Posthouse) with ").append(client.protocol());
    client.passage().tls().ifPresent(tls -> line.append(" (").append(tls).append(')'));
    line.append(" id ").append(queueId);
    // Never more than one: that would tell a recipient of blind copies (RFC 5321 §7.2).
    if (recipients.size() == 1)
      line.append("\r\n\tfor <").append(recipients.getFirst().address()).append('>');
    return line.append(";\r\n\t").append(when).append("\r\n");
  }

  /// `[192.0.2.1]`, `[IPv6:2001:db8::1]` (RFC 5321 §4.1.3).
  private static String literal(InetAddress address) {
    var text = address.getHostAddress();
    if (!(address instanceof Inet6Address)) return "[" + text + "]";
    var scope = text.indexOf('%');
    return "[IPv6:" + (scope < 0 ? text : text.substring(0, scope)) + "]";
  }
}
