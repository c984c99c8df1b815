package io.posthouse.delivery.attempt;

import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a refusal is about the address we come from rather than about the message: then the
/// other family may be liked better. Pure: a table, for hosts say it in many ways.
final class Dislike {
  /// RFC 7372 §3.3: no reverse DNS, or one that does not lead back.
  private static final Set<EnhancedStatus> STATUSES = Set.of(EnhancedStatus.of("5.7.25"));

  /// Subjects of RFC 3463 §3.2 and §3.3: about an address of the envelope, or a mailbox.
  private static final Set<Integer> OTHER_SUBJECTS = Set.of(1, 2);

  /// Characters of a reply that are looked at.
  private static final int LONGEST = 4_000;

  /// What hosts write. Whatever these repeat is bounded, so a reply cannot keep us busy.
  private static final List<Pattern> WORDS =
      List.of(
          words("ipv6 sending guidelines"),
          words("\\bptr\\b"),
          words("\\brdns\\b"),
          words("reverse[- ](dns|host ?name|name|lookup)"),
          words("ip name lookup failed"),
          words("cannot (find|resolve) your (host ?name|address)"),
          words("client host .{0,200}(blocked|rejected)"),
          words(
              "\\b(ip|ips|client|server|host)\\b.{0,60}\\b(blocked|banned|(black|block)?listed)\\b"),
          words("\\b(blocked|banned|(black|block)?listed)\\b.{0,20}\\b(ip|client)\\b"),
          words("(ip|address|host|server)(es)? reputation|reputation of the sending ip"),
          // The page that explains what is wrong with the address.
          words("[?&]ip=[0-9a-f]{1,4}[.:]"));

  private Dislike() {}

  static boolean isMeantBy(Reply reply) {
    if (!reply.isNegative()) return false;
    var status = reply.status();
    if (status.filter(STATUSES::contains).isPresent()) return true;
    if (status.filter(s -> OTHER_SUBJECTS.contains(s.subject())).isPresent()) return false;
    var all = String.join(" ", reply.lines());
    var text = all.substring(0, Math.min(all.length(), LONGEST));
    return WORDS.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }

  private static Pattern words(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
