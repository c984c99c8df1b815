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
}
