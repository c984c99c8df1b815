package io.posthouse.dnsjava;

import io.posthouse.dns.Proofs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.dnssec.ValidatingResolver;

final class Resolvers {
  /// Each server is asked this often before we give up.
  private static final int ROUNDS = 2;

  /// The keys of the root, as IANA publishes them (https://data.iana.org/root-anchors).
  private static final List<String> ROOT =
      List.of(
          ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
          ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16");

  /// Zones whose keys are remembered.
  private static final String MOST_KEYS = "20000";

  private Resolvers() {}

  /// Goes through the servers so quickly that each gets its turns before `patience` is over.
  static Resolver asking(List<InetSocketAddress> servers, Duration patience, Proofs proofs) {
    var chosen = servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
    var turn = patience.dividedBy((long) ROUNDS * Math.max(1, chosen.size()));
    var all = new ExtendedResolver(chosen.stream().map(server -> one(server, turn)).toList());
    all.setRetries(ROUNDS);
    all.setTimeout(patience);
    return switch (proofs) {
      case Proofs.None _, Proofs.TrustedResolvers _ -> all;
      case Proofs.Validation(var anchors) -> validating(all, anchors);
    };
  }

  private static Resolver one(InetSocketAddress server, Duration turn) {
    var resolver = new SimpleResolver(server);
    resolver.setTimeout(turn);
    return resolver;
  }

  /// An anchor for the root takes the place of the built-in ones.
  private static Resolver validating(Resolver resolver, List<String> anchors) {
    var validating = new ValidatingResolver(resolver);
    var properties = new Properties();
    properties.setProperty("dnsjava.dnssec.keycache.max_size", MOST_KEYS);
    try {
      validating.init(properties);
      if (anchors.stream().noneMatch(anchor -> anchor.startsWith(". "))) load(validating, ROOT);
      load(validating, anchors);
    } catch (IOException e) {
      throw new UncheckedIOException("trust anchors: " + e.getMessage(), e);
    }
    return validating;
  }

  private static void load(ValidatingResolver resolver, List<String> anchors) throws IOException {
    var zone = String.join("\n", anchors) + "\n";
    resolver.loadTrustAnchors(new ByteArrayInputStream(zone.getBytes(StandardCharsets.UTF_8)));
  }
}
