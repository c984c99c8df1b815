package io.posthouse.dkim;

import io.posthouse.address.Domain;
import io.posthouse.message.Octets;
import io.posthouse.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Domains with keys, and what their DNS says of them.
public final class SigningWorld implements SigningKeys {
  static final Instant NOW = Instant.parse("2026-03-02T08:14:07Z");

  private static final Map<String, KeyPair> PAIRS = new HashMap<>();
  private final Map<Domain, Found> keys = new HashMap<>();
  private final Map<String, String> dns = new HashMap<>();
  private final Metrics metrics = new Metrics();
  private final SigningMetrics signed = new SigningMetrics(metrics);
  private Found any = new Found.NoKey();
  boolean subdomains = true;
  SigningRules rules = SigningRules.DEFAULT;

  /// A domain has a key of each kind, `RSA` or `Ed25519`.
  public SigningWorld with(String domain, String... kinds) {
    keys.put(new Domain(domain), found(domain, kinds));
    return this;
  }

  /// This is known of the keys of a domain.
  public SigningWorld with(String domain, Found found) {
    keys.put(new Domain(domain), found);
    return this;
  }

  /// There are keys for any domain of ours; the DNS of `domain` knows them.
  SigningWorld withAny(String domain, String... kinds) {
    any = found(domain, kinds);
    return this;
  }

  @Override
  public Found of(Domain domain) {
    return keys.getOrDefault(domain, new Found.NoKey());
  }

  @Override
  public Found ofAnyDomain() {
    return any;
  }

  /// Signs for these domains.
  public Signer signer() {
    var ring = new Keyring(this, subdomains, domain -> Optional.of(domain.name().contains("ours")));
    return new Signer(rules, ring, signed, () -> NOW);
  }

  Signing sign(String trace, String message, Signer.Permission permission) {
    var signer = signer();
    var passing = signer.begin();
    var octets = message.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < octets.length; at += 7)
      passing.take(octets, at, Math.min(octets.length, at + 7));
    return signer.sign(passing, Octets.utf8(trace), permission);
  }

  Signing sign(String message) {
    return sign("", message, Signer.Permission.ANY);
  }

  /// The signature fields of a message that is signed.
  String signature(String trace, String message) {
    return switch (sign(trace, message, Signer.Permission.ANY)) {
      case Signing.Signed(var lines) -> new String(lines.toArray(), StandardCharsets.UTF_8);
      case Signing.Unsigned(var reason) -> throw new AssertionError("unsigned: " + reason);
      case Signing.NotNow(var why) -> throw new AssertionError("not now: " + why);
    };
  }

  /// Whether all signatures of a message that has arrived are good; it has as many as `count`.
  public boolean isGood(String message, int count) {
    var good = Verification.of(message.getBytes(StandardCharsets.UTF_8), dns::get);
    return good.size() == count && good.stream().allMatch(Boolean::booleanValue);
  }

  /// How many messages came to this end.
  public double counted(String result) {
    var value =
        metrics
            .registry()
            .getSampleValue("dkim_messages_total", new String[] {"result"}, new String[] {result});
    return zeroIfNone(value);
  }

  /// A key of a kind, `RSA` or `Ed25519`; its selector says which.
  public static SigningKey key(String kind) {
    return new SigningKey(kind.toLowerCase(Locale.ROOT), pair(kind).getPrivate());
  }

  private static double zeroIfNone(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  private Found found(String domain, String... kinds) {
    for (var kind : kinds)
      dns.put(key(kind).selector() + "._domainkey." + domain, KeyRecord.of(pair(kind).getPublic()));
    return new Found.Keys(Arrays.stream(kinds).map(SigningWorld::key).toList());
  }

  /// The private key of a kind, in PEM.
  public static String pem(String kind) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(base64.encodeToString(pair(kind).getPrivate().getEncoded()));
  }

  /// What the DNS has at a name.
  public @Nullable String dns(String name) {
    return dns.get(name);
  }

  /// One of each kind will do, and RSA takes a while.
  private static synchronized KeyPair pair(String kind) {
    return PAIRS.computeIfAbsent(
        kind,
        _ -> {
          try {
            var generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(kind.equals("RSA") ? 2048 : 255);
            return generator.generateKeyPair();
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
