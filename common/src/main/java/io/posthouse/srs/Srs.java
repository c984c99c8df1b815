package io.posthouse.srs;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.config.Secret;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Senders of forwarded mail, rewritten so that SPF allows us to send it and a DSN finds its way
/// back through us: `bob@example.net` becomes `SRS0=1a2b=KN=example.net=bob@ours.example`, and what
/// another host has rewritten before becomes `SRS1=…`. No RFC says how; this is as the package
/// `srs.js` of npm does it, which WildDuck and ZoneMTA use, so that either reads what the other
/// wrote.
///
/// The hash is 16 bits of an HMAC-SHA1: guessing it takes thousands of refused recipients, and it
/// is short because local parts are.
public final class Srs {
  private static final String SRS0 = "SRS0";
  private static final String SRS1 = "SRS1";
  private static final Pattern SHAPE =
      Pattern.compile("SRS[01][=+-].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  // SRS0=hash=day=domain=local
  private static final Pattern FIRST =
      Pattern.compile(
          "SRS0[=+-]([0-9a-f]{4})=([a-z2-7]{2})=([^=]+)=(.+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  // SRS1=hash=domain=rest, where SRS0 and the rest are a local part of that domain.
  private static final Pattern SECOND =
      Pattern.compile(
          "SRS1[=+-]([0-9a-f]{4})=([^=]+)=([=+-].+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Secret secret;
  private final Domain domain;

  /// @param secret shared with all who forward in this domain
  /// @param domain rewritten senders are in it
  public Srs(Secret secret, Domain domain) {
    this.secret = secret;
    this.domain = domain;
  }

  /// What is behind an address that looks like a rewritten one.
  public sealed interface Reversed {
    /// It is ours, and a DSN goes there; that may be the rewritten sender of another host.
    record Sender(MailAddress address) implements Reversed {}

    /// It was ours too long ago.
    record Expired() implements Reversed {}

    /// We never wrote it.
    record Forged() implements Reversed {}
  }

  /// Whether an address looks like a rewritten one, whosever it is.
  public static boolean isRewritten(MailAddress address) {
    return SHAPE.matcher(address.localPart()).matches();
  }

  /// The domain that rewritten senders are in.
  public Domain domain() {
    return domain;
  }

  /// A sender as mail of it is forwarded. Empty where it would be too long for an address: nobody
  /// can be told then.
  public Optional<MailAddress> forward(MailAddress sender, Instant now) {
    var local = rewritten(sender, now);
    try {
      return Optional.of(new MailAddress(local, domain));
    } catch (IllegalArgumentException tooLong) {
      return Optional.empty();
    }
  }

  /// Whom a rewritten address stands for. Hosts on its way may have changed its case.
  public Reversed reverse(MailAddress address, Instant now) {
    var first = FIRST.matcher(address.localPart());
    if (first.matches()) {
      var day = first.group(2).toUpperCase(Locale.ROOT);
      if (!isSigned(first.group(1), day, first.group(3), first.group(4)))
        return new Reversed.Forged();
      return SrsDay.isCurrent(day, now)
          ? sender(first.group(4), first.group(3))
          : new Reversed.Expired();
    }
    var second = SECOND.matcher(address.localPart());
    // The days in it are of the host that rewrote it first, as it counts them.
    return second.matches() && isSigned(second.group(1), "", second.group(2), second.group(3))
        ? sender(SRS0 + second.group(3), second.group(2))
        : new Reversed.Forged();
  }

  private String rewritten(MailAddress sender, Instant now) {
    var local = sender.localPart();
    var host = sender.domain().name();
    var second = SECOND.matcher(local);
    if (second.matches()) return second(second.group(2), second.group(3));
    if (isRewritten(sender) && local.toUpperCase(Locale.ROOT).startsWith(SRS0))
      return second(host, local.substring(SRS0.length()));
    var day = SrsDay.of(now);
    return SRS0 + "=" + hash(day + host + local) + "=" + day + "=" + host + "=" + local;
  }

  private String second(String host, String rest) {
    return SRS1 + "=" + hash(host + rest) + "=" + host + "=" + rest;
  }

  private static Reversed sender(String local, String host) {
    try {
      return new Reversed.Sender(new MailAddress(local, new Domain(host)));
    } catch (IllegalArgumentException noAddress) {
      return new Reversed.Forged();
    }
  }

  /// As it stands, or as it was before somebody wrote it in capitals; what was in both is lost.
  private boolean isSigned(String hash, String day, String host, String local) {
    var low = host.toLowerCase(Locale.ROOT);
    return matches(hash, day + host + local)
        || matches(hash, day + low + local)
        || matches(hash, day + low + local.toLowerCase(Locale.ROOT));
  }

  private boolean matches(String hash, String text) {
    return MessageDigest.isEqual(
        SrsHash.octets(hash.toLowerCase(Locale.ROOT)), SrsHash.octets(hash(text)));
  }

  private String hash(String text) {
    return SrsHash.of(secret.text(), text);
  }
}
