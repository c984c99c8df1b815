package io.posthouse.dnsjava;

import io.posthouse.address.Domain;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dns.Mx;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.ServerFailedException;

/// Asks name servers over UDP, and over TCP where an answer was truncated; follows aliases; keeps
/// answers as long as they allow, absences included.
///
/// Names are asked as they stand: no search list, no hosts file. `localhost` alone is answered
/// without asking anybody (RFC 6761 §6.3).
public final class DnsjavaDns implements Dns {
  private static final int CACHED_NAMES = 100_000;
  private static final Duration LONGEST_CACHED = Duration.ofHours(1);
  private static final Duration LONGEST_ABSENT = Duration.ofMinutes(5);

  private final LookupSession session;
  private final Duration patience;

  /// @param servers asked in this order; empty: those of the system
  /// @param patience for one question, retries included
  public DnsjavaDns(List<InetSocketAddress> servers, Duration patience) {
    this.session =
        LookupSession.builder()
            .resolver(Resolvers.asking(servers, patience))
            .cache(boundedCache())
            .build();
    this.patience = patience;
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
    try {
      var question = session.lookupAsync(absolute(name), type).toCompletableFuture();
      var records =
          question.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join().getRecords();
      if (records.isEmpty()) return new Answer.NoData<>();
      return new Answer.Found<>(
          records.stream().map(reader).toList(), false, alias(name, records.getFirst()));
    } catch (CompletionException e) {
      return absence(Type.string(type) + " of " + name, e.getCause());
    } catch (TextParseException notForTheDns) {
      return new Answer.NoSuchName<>();
    }
  }

  private static Optional<Domain> alias(String asked, Record found) {
    var owner = found.getName().toString(true);
    return owner.equalsIgnoreCase(asked) ? Optional.empty() : Domain.parse(owner);
  }

  private <T> Answer<T> absence(String question, @Nullable Throwable cause) {
    return switch (cause) {
      case NoSuchDomainException _ -> new Answer.NoSuchName<>();
      case ServerFailedException _ -> new Answer.Unanswered<>(question + ": SERVFAIL");
      case TimeoutException _ ->
          new Answer.Unanswered<>(question + ": no answer in " + patience.toMillis() + " ms");
      case null, default -> new Answer.Unanswered<>(question + ": " + cause);
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

  private static Name absolute(String name) throws TextParseException {
    return Name.fromString(name, Name.root);
  }

  private static InetAddress loopback(Family family) {
    return switch (family) {
      case IPV4 -> InetAddress.ofLiteral("127.0.0.1");
      case IPV6 -> InetAddress.ofLiteral("::1");
    };
  }

  private static Cache boundedCache() {
    var cache = new Cache(DClass.IN);
    cache.setMaxEntries(CACHED_NAMES);
    cache.setMaxCache(Math.toIntExact(LONGEST_CACHED.toSeconds()));
    cache.setMaxNCache(Math.toIntExact(LONGEST_ABSENT.toSeconds()));
    return cache;
  }
}
