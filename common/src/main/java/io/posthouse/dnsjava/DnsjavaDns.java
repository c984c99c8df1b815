package io.posthouse.dnsjava;

import io.posthouse.address.Domain;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dns.Mx;
import io.posthouse.dns.Proofs;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// Asks name servers over UDP, and over TCP where an answer was truncated; follows aliases; keeps
/// answers as long as they allow, absences included.
///
/// Names are asked as they stand: no search list, no hosts file. `localhost` alone is answered
/// without asking anybody (RFC 6761 §6.3).
public final class DnsjavaDns implements Dns {
  private final Lookups lookups;

  /// Like the other, and nothing is authentic.
  public DnsjavaDns(List<InetSocketAddress> servers, Duration patience) {
    this(servers, patience, new Proofs.None());
  }

  /// @param servers asked in this order; empty: those of the system
  /// @param patience for one question, retries included
  /// @param proofs what makes an answer authentic
  /// @throws java.io.UncheckedIOException if a trust anchor is none
  public DnsjavaDns(List<InetSocketAddress> servers, Duration patience, Proofs proofs) {
    this.lookups =
        new Lookups(
            Resolvers.asking(servers, patience, proofs),
            !(proofs instanceof Proofs.None),
            patience);
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    return ask(domain.name(), Type.MX, record -> mx((MXRecord) record));
  }

  @Override
  public Answer<InetAddress> addresses(Domain host, Family family) {
    if (host.name().equals("localhost")) return new Answer.Found<>(List.of(loopback(family)));
    return switch (family) {
      case IPV4 -> ask(host.name(), Type.A, record -> ((ARecord) record).getAddress());
      case IPV6 -> ask(host.name(), Type.AAAA, record -> ((AAAARecord) record).getAddress());
    };
  }

  @Override
  public Answer<Tlsa> tlsa(Domain host, int port) {
    return ask("_" + port + "._tcp." + host, Type.TLSA, record -> tlsa((TLSARecord) record));
  }

  @Override
  public Answer<String> txt(Domain name) {
    return ask(name.name(), Type.TXT, record -> text((TXTRecord) record));
  }

  private <T> Answer<T> ask(String name, int type, Function<Record, T> reader) {
    return switch (lookups.ask(name, type)) {
      case Answer.Found<Record>(var records, var authentic, var canonical) ->
          new Answer.Found<>(records.stream().map(reader).toList(), authentic, canonical);
      case Answer.NoData<Record>() -> new Answer.NoData<>();
      case Answer.NoSuchName<Record>() -> new Answer.NoSuchName<>();
      case Answer.Unanswered<Record>(var why) -> new Answer.Unanswered<>(why);
    };
  }

  private static Mx mx(MXRecord record) {
    return new Mx(record.getPriority(), exchange(record.getTarget()));
  }

  private static Mx.Exchange exchange(Name target) {
    if (target.equals(Name.root)) return new Mx.Exchange.None();
    var text = target.toString(true);
    return Domain.parse(text)
        .<Mx.Exchange>map(Mx.Exchange.Host::new)
        .orElseGet(() -> new Mx.Exchange.Malformed(text));
  }

  private static Tlsa tlsa(TLSARecord record) {
    return new Tlsa(
        record.getCertificateUsage(),
        record.getSelector(),
        record.getMatchingType(),
        Octets.of(record.getCertificateAssociationData()));
  }

  private static String text(TXTRecord record) {
    return record.getStringsAsByteArrays().stream()
        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
        .collect(Collectors.joining());
  }

  private static InetAddress loopback(Family family) {
    return switch (family) {
      case IPV4 -> InetAddress.ofLiteral("127.0.0.1");
      case IPV6 -> InetAddress.ofLiteral("::1");
    };
  }
}
