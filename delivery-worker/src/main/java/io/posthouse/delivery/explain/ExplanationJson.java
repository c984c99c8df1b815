package io.posthouse.delivery.explain;

import io.posthouse.delivery.breaker.Standing;
import io.posthouse.delivery.explain.ExplainedAddress.Skipped;
import io.posthouse.delivery.explain.ExplainedAddress.Tried;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.shaping.SiteStanding;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Family;
import io.posthouse.telemetry.JsonLine;

/// An explanation as a program reads it; its names stay.
final class ExplanationJson {
  private final JsonLine line = new JsonLine();
  private final String json;

  ExplanationJson(Explanation explained) {
    line.text("to", explained.to().toString()).text("sender", explained.sender().toString());
    line.text("rule", explained.rule().orElse("mx"));
    prospect(explained.prospect());
    line.openList("hosts");
    explained.hosts().forEach(this::host);
    line.closeList().text("site", explained.share().name()).openList("limits");
    for (var limit : ListedLimit.all(explained.share().limits()))
      line.item()
          .text("limit", limit.key())
          .text("value", limit.value())
          .text("origin", limit.origin())
          .close();
    line.closeList();
    explained.live().ifPresent(this::live);
    this.json = line.end();
  }

  @Override
  public String toString() {
    return json;
  }

  private void prospect(Prospect prospect) {
    switch (prospect) {
      case Prospect.Tried() -> line.text("outcome", "tried");
      case Prospect.Deferred(var status, var why) -> outcome("deferred", status, why);
      case Prospect.Returned(var status, var why) -> outcome("returned", status, why);
    }
  }

  private void outcome(String outcome, EnhancedStatus status, String why) {
    line.text("outcome", outcome).text("status", status.toString()).text("why", why);
  }

  private void host(ExplainedHost one) {
    var host = one.host();
    line.item().text("host", host.name().name()).number("port", host.port());
    line.word("reason", host.reason());
    one.preference().ifPresent(preference -> line.number("preference", preference));
    line.word("protocol", host.manner().protocol());
    line.truth("login", host.manner().login().isPresent());
    line.text("egress", host.manner().egress().name());
    one.policy().ifPresent(this::policy);
    one.hindrance().ifPresent(hindrance -> line.text("not_now", hindrance.why()));
    line.openList("addresses");
    one.addresses().forEach(this::address);
    line.closeList().close();
  }

  private void policy(HostPolicy policy) {
    line.text("tls", policy.toString()).text("tls_source", policy.source().toString());
  }

  private void address(ExplainedAddress address) {
    line.item().text("address", address.address().getHostAddress());
    line.text("family", Family.of(address.address()).toString());
    switch (address) {
      case Tried(_, var from, var leftAlone) -> {
        from.address().ifPresent(ours -> line.text("from", ours.getHostAddress()));
        line.text("helo", from.helo());
        leftAlone.ifPresent(
            alone -> line.text("left_alone", alone.why()).text("until", alone.until().toString()));
      }
      case Skipped(_, var why) -> line.text("skipped", why);
    }
    line.close();
  }

  private void live(LiveState live) {
    line.open("live");
    live.share().ifPresent(this::share);
    line.openList("families");
    live.standings().forEach(this::standing);
    line.closeList().close();
  }

  private void share(SiteStanding share) {
    line.number("active", share.active()).number("waiting", share.waiting());
    line.number("window", share.window()).millis("interval_ms", share.interval());
    share.suspendedBy().ifPresent(by -> line.text("suspended_by", by));
    share.suspendedFor().ifPresent(time -> line.millis("suspended_ms", time));
    share.slowedBy().ifPresent(by -> line.text("slowed_by", by));
    share.slowedFor().ifPresent(time -> line.millis("slowed_ms", time));
  }

  private void standing(Standing standing) {
    var alone = standing.alone();
    line.item().word("kind", standing.kind()).text("what", alone.what());
    line.word("state", standing.state()).text("until", alone.until().toString());
    line.text("why", alone.why()).close();
  }
}
