package io.posthouse.dkim;

import io.posthouse.address.Authors;
import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.dkim.SigningKeys.Found;
import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Signs messages for the domains of their authors (RFC 6376). Safe for many threads.
public final class Signer {
  private static final String FROM = "from";

  private final SigningRules rules;
  private final Keyring keyring;
  private final SigningMetrics metrics;
  private final InstantSource clock;

  public Signer(SigningRules rules, Keyring keyring, SigningMetrics metrics, InstantSource clock) {
    this.rules = rules;
    this.keyring = keyring;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Whether the sender of a message may sign as its author. May block.
  @FunctionalInterface
  public interface Permission {
    /// Whoever the author is.
    Permission ANY = _ -> true;

    boolean covers(MailAddress author);
  }

  /// A message is about to come: bring it all of the content, and come back.
  public MessageInPassing begin() {
    return new MessageInPassing(rules);
  }

  /// Signs a message that has passed. Blocks on the keys, and costs a core a millisecond or so for
  /// each.
  ///
  /// @param trace the header lines that go before the message
  public Signing sign(MessageInPassing message, Octets trace, Permission permission) {
    var begin = System.nanoTime();
    var signing = signing(message, trace, permission);
    metrics.count(signing, System.nanoTime() - begin);
    return signing;
  }

  private Signing signing(MessageInPassing message, Octets trace, Permission permission) {
    var whole = message.end();
    if (whole.isEmpty()) return new Signing.Unsigned(Signing.Reason.MALFORMED_HEADER);
    var authors = authors(whole.get().fields());
    var domains = authors.stream().map(MailAddress::domain).distinct().toList();
    if (domains.isEmpty()) return new Signing.Unsigned(Signing.Reason.NO_AUTHOR);
    if (domains.size() > 1) return new Signing.Unsigned(Signing.Reason.SEVERAL_AUTHORS);
    if (!authors.stream().allMatch(permission::covers))
      return new Signing.Unsigned(Signing.Reason.FOREIGN_AUTHOR);
    return switch (keyring.of(domains.getFirst())) {
      case Keyring.Signatory.Signs(var domain, var with) ->
          new Signing.Signed(lines(whole.get(), trace, domain, with.keys()));
      case Keyring.Signatory.Nobody(var found) -> unsigned(found);
    };
  }

  private static Signing unsigned(Found found) {
    return switch (found) {
      case Found.Unusable _ -> new Signing.Unsigned(Signing.Reason.UNUSABLE_KEY);
      case Found.Unavailable(var why) -> new Signing.NotNow(why);
      case Found.NoKey _, Found.Keys _ -> new Signing.Unsigned(Signing.Reason.NO_KEY);
    };
  }

  private Octets lines(
      MessageInPassing.Summary message, Octets trace, Domain domain, List<SigningKey> keys) {
    var header = new ArrayList<>(MessageInPassing.fields(trace, rules));
    header.addAll(message.fields());
    var selection = rules.fields().of(header);
    var field = new SignatureField(rules, domain, selection, message.bodyHash(), clock.instant());
    return Octets.utf8(keys.stream().map(field::signedWith).collect(Collectors.joining()));
  }

  /// Of several From fields no two hosts show the same (RFC 7489 §6.6.1), so there is no author.
  private static List<MailAddress> authors(List<HeaderField> header) {
    var from = header.stream().filter(field -> field.name().equals(FROM)).toList();
    if (from.size() != 1) return List.of();
    var octets = from.getFirst().value().getBytes(StandardCharsets.ISO_8859_1);
    return Authors.in(new String(octets, StandardCharsets.UTF_8));
  }
}
