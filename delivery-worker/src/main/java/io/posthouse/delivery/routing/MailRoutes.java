package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.message.NextHop;
import java.util.List;
import java.util.Optional;

/// Where mail goes (RFC 5321 §5.1).
public interface MailRoutes {
  /// The route to `domain` for mail from `sender`.
  Route lookup(Domain domain, ReversePath sender);

  /// The route by a host that an operator chose for a message.
  default Route via(NextHop hop, ReversePath sender) {
    return new Route.Hosts(List.of(new RouteHost(hop.host(), hop.port(), Reason.ROUTE_TABLE)));
  }

  sealed interface Route {
    /// To the first of these that takes it.
    ///
    /// @param authentic whether DNSSEC proves the MX records that name them
    /// @param of whose MX records these are, where they are anybody's: the operator may send mail
    ///   for one domain to the hosts of another
    record Hosts(List<RouteHost> mostPreferredFirst, boolean authentic, Optional<Domain> of)
        implements Route {
      public Hosts {
        mostPreferredFirst = List.copyOf(mostPreferredFirst);
        if (mostPreferredFirst.isEmpty())
          throw new IllegalArgumentException("hosts: none (expected: at least one)");
      }

      /// Whether the operator chose them for mail to `domain`, and not the domain itself.
      public boolean isOperators(Domain domain) {
        return of.filter(name -> !name.equals(domain)).isPresent()
            || mostPreferredFirst.stream().anyMatch(host -> host.isOperators(domain));
      }

      /// Hosts that nothing proves.
      public Hosts(List<RouteHost> mostPreferredFirst) {
        this(mostPreferredFirst, false, Optional.empty());
      }

      /// The domain that has a say about `host`, which is one of these, on the way to `domain`.
      public Domain voiceFor(Domain domain, RouteHost host) {
        return switch (host.reason()) {
          case MX -> of.orElse(domain);
          case IMPLICIT_MX -> host.name();
          case ROUTE_TABLE, LITERAL -> domain;
        };
      }
    }

    /// The domain wants no mail (RFC 7505): fail.
    record NullMx() implements Route {}

    /// No such domain, or an address literal that is none: fail.
    record NoSuchDomain(String why) implements Route {}

    /// We are the best host for it, so it would come back to us. Most likely our directory lacks a
    /// domain of ours, which is our trouble: defer.
    record BackToUs(RouteHost us) implements Route {}

    /// SERVFAIL, time-out: says nothing about them: defer.
    record Unanswered(String why) implements Route {}

    /// A fault of ours prevented the answer: defer.
    record Fault(Throwable bug) implements Route {}
  }
}
