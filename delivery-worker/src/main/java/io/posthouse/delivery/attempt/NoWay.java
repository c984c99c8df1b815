package io.posthouse.delivery.attempt;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import java.util.List;
import java.util.Optional;

/// What becomes of mail when there is nobody whom it could be given to. Pure.
public final class NoWay {
  private NoWay() {}

  /// Its outcome; empty where the route leads to hosts, or a fault of ours hides where it leads.
  public static Optional<DeliveryOutcome> along(Domain domain, Route route) {
    return switch (route) {
      case Route.Hosts _, Route.Fault _ -> Optional.empty();
      case Route.NullMx() -> Optional.of(failed("5.1.10", domain + " takes no mail (null MX)"));
      case Route.NoSuchDomain(var why) -> Optional.of(failed("5.1.2", why));
      case Route.BackToUs(var us) ->
          Optional.of(toOurselves("the best host for " + domain + " is ourselves: " + us));
      case Route.Unanswered(var why) -> Optional.of(unanswered(why));
    };
  }

  /// Its outcome where no host has an address that could be tried. A route of the operator's that
  /// leads nowhere returns nobody's mail.
  ///
  /// @param nowhere what is wrong with each host
  public static DeliveryOutcome toAnyHost(Domain domain, Route.Hosts route, List<String> nowhere) {
    var why = "no way to " + domain + ": " + String.join("; ", nowhere);
    return route.isOperators(domain) ? deferred("4.3.5", why) : failed("5.4.4", why);
  }

  /// Its outcome while the DNS does not say where a host is.
  public static Deferred unanswered(String why) {
    return deferred("4.4.3", why);
  }

  /// Its outcome where the host it comes to next is ourselves (RFC 5321 §5.1).
  public static Deferred toOurselves(String why) {
    return deferred("4.4.6", why);
  }

  /// Its outcome where no address of a host is one that we use.
  public static Deferred unused(String why) {
    return deferred("4.4.4", why);
  }

  /// Its outcome where a policy keeps it from a host.
  public static Deferred forbidden(String why) {
    return deferred("4.7.5", why);
  }

  private static DeliveryOutcome failed(String status, String why) {
    return new Failed(Scope.HOST, new Observed(EnhancedStatus.of(status), why));
  }

  private static Deferred deferred(String status, String why) {
    return new Deferred(Scope.HOST, new Observed(EnhancedStatus.of(status), why));
  }
}
