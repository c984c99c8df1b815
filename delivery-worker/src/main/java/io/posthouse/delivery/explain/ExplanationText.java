package io.posthouse.delivery.explain;

import io.posthouse.config.Durations;
import io.posthouse.delivery.explain.ExplainedAddress.Skipped;
import io.posthouse.delivery.explain.ExplainedAddress.Tried;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.shaping.SiteStanding;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// An explanation as an operator reads it.
final class ExplanationText {
  private static final String BELOW = "  ";
  private static final int WIDTH = 22;

  private final Explanation explained;
  private final StringBuilder text = new StringBuilder();

  ExplanationText(Explanation explained) {
    this.explained = explained;
    line("to", explained.to().toString());
    line("sender", explained.sender().toString());
    line("route", explained.rule().orElse("by MX records"));
    line("outcome", outcome(explained.prospect()));
    explained.hosts().forEach(this::host);
    limits();
    explained.live().ifPresent(this::live);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String outcome(Prospect prospect) {
    return switch (prospect) {
      case Prospect.Tried() -> "tried: goes to the first host that takes it";
      case Prospect.Deferred(var status, var why) -> "deferred: " + status + " " + why;
      case Prospect.Returned(var status, var why) -> "returned: " + status + " " + why;
    };
  }

  private void host(ExplainedHost one) {
    var host = one.host();
    heading("host " + host);
    line("on the route as", reason(one));
    line("speaks", protocol(host));
    one.policy().map(HostPolicy::toString).ifPresent(policy -> line("must give us", policy));
    one.hindrance().ifPresent(hindrance -> line("not now", hindrance.why()));
    one.addresses().forEach(address -> line(address.address().getHostAddress(), fate(address)));
  }

  private static String reason(ExplainedHost one) {
    return switch (one.host().reason()) {
      case ROUTE_TABLE -> "named by the settings";
      case MX ->
          "MX"
              + (one.preference().isPresent()
                  ? " of preference " + one.preference().getAsInt()
                  : "");
      case IMPLICIT_MX -> "the domain itself, which has no MX record";
      case LITERAL -> "the address that was given";
    };
  }

  private static String protocol(RouteHost host) {
    var manner = host.manner();
    return manner.protocol().name().toLowerCase(Locale.ROOT)
        + (manner.login().isPresent() ? ", with a login" : "")
        + ", from egress pool "
        + manner.egress();
  }

  private static String fate(ExplainedAddress address) {
    return switch (address) {
      case Tried(_, var from, var leftAlone) ->
          leftAlone
                  .map(alone ->
                      "left alone until "
                          + alone.until().truncatedTo(ChronoUnit.SECONDS)
                          + ": "
                          + alone.why()
                          + "; ")
                  .orElse("")
              + "from "
              + from.address().map(ours -> ours.getHostAddress()).orElse("any address of ours")
              + " as "
              + from.helo();
      case Skipped(_, var why) -> "skipped: " + why;
    };
  }

  private void limits() {
    heading("limits of " + explained.share().name());
    for (var limit : ListedLimit.all(explained.share().limits()))
      text.append(
          (BELOW + padded(limit.key(), WIDTH) + padded(limit.value(), 12) + limit.origin())
                  .stripTrailing()
              + "\n");
  }

  private void live(LiveState live) {
    heading("now, at this worker");
    live.share().ifPresentOrElse(this::share, () -> line("deliveries", "none in the last hours"));
    live.standings().forEach(standing -> line("family", standing.toString()));
  }

  private void share(SiteStanding share) {
    line(
        "deliveries",
        share.active()
            + " under way, "
            + share.waiting()
            + " waiting, at most "
            + share.window()
            + " at a time");
    if (!share.interval().isZero())
      line("message rate", "one in " + Durations.print(share.interval()));
    reaction("suspended", share.suspendedBy(), share.suspendedFor());
    reaction("slowed down", share.slowedBy(), share.slowedFor());
  }

  private void reaction(String what, Optional<String> by, Optional<Duration> time) {
    by.ifPresent(name ->
        line(
            what,
            "by "
                + name
                + time.map(left ->
                        ", for another "
                            + Durations.print(left.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS)))
                    .orElse("")));
  }

  private void heading(String what) {
    text.append('\n').append(what).append('\n');
  }

  private void line(String what, String said) {
    text.append((BELOW + padded(what, WIDTH) + said).stripTrailing()).append('\n');
  }

  private static String padded(String text, int width) {
    return text.length() < width ? text + " ".repeat(width - text.length()) : text + BELOW;
  }
}
