package io.posthouse.delivery.explain;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.shaping.Share;
import java.util.List;
import java.util.Optional;

/// What would happen to mail for an address, and why.
///
/// @param rule the key of the settings that says where it goes, as `routes.*.example.net`; empty
///   where the MX records alone do
/// @param hosts the most preferred first; equals in the order that chance gave them this time
/// @param share whom limits are shared with, and which
/// @param live what a worker knows now, if one was asked
public record Explanation(
    MailAddress to,
    ReversePath sender,
    Optional<String> rule,
    Prospect prospect,
    List<ExplainedHost> hosts,
    Share share,
    Optional<LiveState> live) {
  public Explanation {
    hosts = List.copyOf(hosts);
  }

  /// For operators: several lines, each with its end.
  public String text() {
    return new ExplanationText(this).toString();
  }

  /// For programs: one object in one line, without its end.
  public String json() {
    return new ExplanationJson(this).toString();
  }
}
