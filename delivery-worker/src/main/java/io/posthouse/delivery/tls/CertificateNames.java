package io.posthouse.delivery.tls;

import io.posthouse.address.Domain;
import io.posthouse.telemetry.TlsFailure;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names a certificate is for (RFC 6125): DNS names and addresses among its alternative names;
/// the common name where there is no DNS name and the caller still believes in those.
record CertificateNames(List<String> dns, List<String> addresses) {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([A-Za-z0-9_*.-]+)(?:,|$)");

  CertificateNames {
    dns = List.copyOf(dns);
    addresses = List.copyOf(addresses);
  }

  static CertificateNames of(X509Certificate certificate) {
    return new CertificateNames(alternative(certificate, DNS), alternative(certificate, ADDRESS));
  }

  /// The same, with the common name where no DNS name is (RFC 7672 §3.2.3).
  static CertificateNames orCommonName(X509Certificate certificate) {
    var names = of(certificate);
    if (!names.dns.isEmpty()) return names;
    var common = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
    return common.find() ? new CertificateNames(List.of(common.group(1)), names.addresses) : names;
  }

  /// Empty if the certificate is for one of `wanted`, each a host name, an address literal, or `*.`
  /// and a domain, which stands for every name one label longer.
  Optional<Checked> mismatch(Collection<String> wanted) {
    if (wanted.stream().anyMatch(this::isFor)) return Optional.empty();
    return Optional.of(
        new Checked.Bad(
            TlsFailure.CERTIFICATE_HOST_MISMATCH,
            "certificate for %s (expected: %s)".formatted(some(dns), some(wanted))));
  }

  private boolean isFor(String wanted) {
    var literal = Domain.parse(wanted).flatMap(Domain::literalAddress);
    return literal.isPresent()
        ? addresses.stream().anyMatch(address -> isAddress(address, literal.get()))
        : dns.stream().anyMatch(name -> matches(canonical(name), canonical(wanted)));
  }

  private static boolean isAddress(String written, InetAddress wanted) {
    try {
      return InetAddress.ofLiteral(written).equals(wanted);
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /// A star stands for one label, the first, on either side (RFC 6125 §6.4.3, RFC 8461 §4.1); one
  /// for everything below a top-level domain is nobody's.
  private static boolean matches(String certified, String wanted) {
    if (certified.equals(wanted)) return true;
    var starred = certified.startsWith("*.") || wanted.startsWith("*.");
    var parent = parent(certified);
    return starred && parent.indexOf('.', 1) > 0 && parent.equals(parent(wanted));
  }

  /// `.example.net` of `mx.example.net`.
  private static String parent(String name) {
    return name.contains(".") ? name.substring(name.indexOf('.')) : "";
  }

  private static String canonical(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static List<String> alternative(X509Certificate certificate, int type) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      if (names == null) return List.of();
      return names.stream()
          .filter(name -> name.getFirst().equals(type) && name.get(1) instanceof String)
          .map(name -> (String) name.get(1))
          .toList();
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /// Not more than an operator likes to read, and nothing that a log does not like.
  private static String some(Collection<String> names) {
    if (names.isEmpty()) return "no name";
    var shown = names.stream().limit(4).map(name -> name.replaceAll("[^!-~]", "?"));
    var rest = names.size() > 4 ? Stream.of("...") : Stream.<String>empty();
    return Stream.concat(shown, rest).collect(Collectors.joining(", "));
  }
}
