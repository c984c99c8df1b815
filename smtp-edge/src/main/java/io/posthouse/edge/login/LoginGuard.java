package io.posthouse.edge.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.directory.ScramKeys;
import io.posthouse.edge.login.LoginSettings.GuessingLimits;
import io.posthouse.message.Octets;
import io.posthouse.tally.Tallies;
import io.posthouse.tally.Tallies.Entry;
import io.posthouse.tally.Tally;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Minds those who guess passwords, on all nodes at once.
///
/// Wrong logins are counted for a network, for a user name, and for the two together. Where a user
/// has logged in lately, only the last of these counts: whoever attacks a name from elsewhere, or
/// guesses from the same office, does not lock its owner out.
final class LoginGuard {
  private static final Duration KNOWN_FOR = Duration.ofDays(15);
  private static final Duration NOTED_FOR = Duration.ofHours(1);
  private static final int MOST_NOTES = 100_000;
  private static final int IPV4_PREFIX_OCTETS = 3;
  private static final int IPV6_PREFIX_OCTETS = 8;

  private final GuessingLimits limits;
  private final Tallies tallies;
  private final Tally ofNetwork;
  private final Tally ofUser;
  private final Tally ofPair;
  private final Tally known = new Tally("login_known", KNOWN_FOR);
  private final Octets key = Octets.of(new SecureRandom().generateSeed(16));
  private final Cache<Octets, Boolean> noted =
      Caffeine.newBuilder().maximumSize(MOST_NOTES).expireAfterWrite(NOTED_FOR).build();

  LoginGuard(GuessingLimits limits, Tallies tallies) {
    this.limits = limits;
    this.tallies = tallies;
    this.ofNetwork = new Tally("login_wrong_network", limits.window());
    this.ofUser = new Tally("login_wrong_user", limits.window());
    this.ofPair = new Tally("login_wrong_pair", limits.window());
  }

  /// Whether nobody should even look.
  boolean blocks(InetAddress client, String userName) {
    var counts =
        tallies.counts(
            List.of(
                network(client),
                user(userName),
                pair(ofPair, client, userName),
                pair(known, client, userName)));
    var isKnown = counts.get(3) > 0;
    return reached(counts.get(2), limits.perPair())
        || (!isKnown && reached(counts.get(0), limits.perNetwork()))
        || (!isKnown && reached(counts.get(1), limits.perUser()));
  }

  /// @param secret what was wrong: the same from the same client counts once an hour, for that is a
  ///   telephone that has an old password and not one who guesses; empty where it cannot be known
  void wrong(InetAddress client, String userName, String secret) {
    if (!secret.isEmpty() && !note("wrong " + secret, client, userName)) return;
    tallies.add(network(client), 1);
    tallies.add(user(userName), 1);
    tallies.add(pair(ofPair, client, userName), 1);
  }

  void right(InetAddress client, String userName) {
    if (note("right", client, userName)) tallies.add(pair(known, client, userName), 1);
  }

  /// Whether it is new.
  private boolean note(String what, InetAddress client, String userName) {
    var note =
        ScramKeys.hmac(
            key, Octets.utf8(String.join("\0", what, network(client).subject(), folded(userName))));
    return noted.asMap().putIfAbsent(note, true) == null;
  }

  private Entry network(InetAddress client) {
    return new Entry(ofNetwork, prefix(client));
  }

  private Entry user(String name) {
    return new Entry(ofUser, folded(name));
  }

  private static Entry pair(Tally tally, InetAddress client, String userName) {
    return new Entry(tally, prefix(client) + " " + folded(userName));
  }

  private static boolean reached(long count, int limit) {
    return limit > 0 && count >= limit;
  }

  /// What one customer of a provider is given, at least.
  static String prefix(InetAddress client) {
    var octets = client.getAddress();
    var length = octets.length == 4 ? IPV4_PREFIX_OCTETS : IPV6_PREFIX_OCTETS;
    return HexFormat.of().formatHex(Arrays.copyOf(octets, length));
  }

  /// Spellings that reach the same user are the same name.
  private static String folded(String userName) {
    var text = Normalizer.normalize(userName, Normalizer.Form.NFKC).strip();
    var folded = text.toLowerCase(Locale.ROOT);
    var at = folded.lastIndexOf('@');
    var local = at < 0 ? folded : folded.substring(0, at);
    var tag = local.indexOf('+');
    return (tag < 0 ? local : local.substring(0, tag)).replace(".", "")
        + (at < 0 ? "" : folded.substring(at));
  }
}
