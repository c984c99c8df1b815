package io.posthouse.dns;

import io.posthouse.address.Domain;
import io.posthouse.smtp.Family;
import java.net.InetAddress;

/// Names and what stands behind them. Blocks until there is an answer or the patience for one
/// question is over, so ask on a virtual thread. Never throws for what a name server does or leaves
/// undone: that is an [Answer].
public interface Dns {
  /// The MX records of a domain, in no order.
  Answer<Mx> mx(Domain domain);

  /// The addresses of a host in one family, in the order of the answer.
  Answer<InetAddress> addresses(Domain host, Family family);

  /// The certificates that a service over TCP may show (RFC 6698 §3).
  Answer<Tlsa> tlsa(Domain host, int port);

  /// The TXT records of a name, the strings of each joined without a blank; octet by octet.
  Answer<String> txt(Domain name);
}
