package io.posthouse.dns;

import io.posthouse.address.Domain;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Answers what it was told; names it was not told do not exist.
public final class InMemoryDns implements Dns {
  private final Map<Domain, List<Mx>> exchanges = new HashMap<>();
  private final Map<Domain, List<InetAddress>> addresses = new HashMap<>();
  private final Map<String, List<Tlsa>> certificates = new HashMap<>();
  private final Map<Domain, List<String>> texts = new HashMap<>();
  private final Set<Domain> signed = new HashSet<>();
  private final Map<Domain, InetAddress> mapped = new HashMap<>();
  private final Map<Domain, Domain> aliases = new HashMap<>();
  private final Set<Domain> unanswered = new HashSet<>();
  private final Set<String> unansweredFamilies = new HashSet<>();

  /// `exchange` may be `.`, a host, or no name at all.
  public InMemoryDns mx(String domain, int preference, String exchange) {
    var records = exchanges.computeIfAbsent(new Domain(domain), _ -> new ArrayList<>());
    records.add(new Mx(preference, exchange(exchange)));
    return this;
  }

  public InMemoryDns address(String host, String... literals) {
    var known = addresses.computeIfAbsent(new Domain(host), _ -> new ArrayList<>());
    for (var literal : literals) known.add(InetAddress.ofLiteral(literal));
    return this;
  }

  /// Whatever is asked of `name` is answered with what `canonical` has.
  public InMemoryDns alias(String name, String canonical) {
    aliases.put(new Domain(name), new Domain(canonical));
    return this;
  }

  /// An IPv4 address in an AAAA record, as Java shows it.
  public InMemoryDns mapped(String host, String ipv4) {
    mapped.put(new Domain(host), InetAddress.ofLiteral(ipv4));
    return address(host);
  }

  public InMemoryDns tlsa(String host, int port, Tlsa tlsa) {
    certificates.computeIfAbsent("_" + port + "._tcp." + host, _ -> new ArrayList<>()).add(tlsa);
    return this;
  }

  public InMemoryDns txt(String name, String text) {
    texts.computeIfAbsent(new Domain(name), _ -> new ArrayList<>()).add(text);
    return this;
  }

  /// Whatever is found at the name is authentic.
  public InMemoryDns signed(String name) {
    signed.add(new Domain(name));
    return this;
  }

  /// Any question about the name.
  public InMemoryDns unanswered(String name) {
    unanswered.add(new Domain(name));
    return this;
  }

  public InMemoryDns unanswered(String name, Family family) {
    unansweredFamilies.add(name + family);
    return this;
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    if (aliases.containsKey(domain)) return of(aliases.get(domain), mx(aliases.get(domain)));
    return answer(domain, exchanges.getOrDefault(domain, List.of()));
  }

  @Override
  public Answer<InetAddress> addresses(Domain host, Family family) {
    if (aliases.containsKey(host))
      return of(aliases.get(host), addresses(aliases.get(host), family));
    if (unansweredFamilies.contains(host.name() + family))
      return new Answer.Unanswered<>(host + ": SERVFAIL");
    if (family == Family.IPV6 && mapped.containsKey(host))
      return new Answer.Found<>(List.of(mapped.get(host)));
    var known = addresses.getOrDefault(host, List.of());
    return answer(host, known.stream().filter(a -> Family.of(a) == family).toList());
  }

  @Override
  public Answer<Tlsa> tlsa(Domain host, int port) {
    var name = "_" + port + "._tcp." + host;
    return answer(new Domain(name), certificates.getOrDefault(name, List.of()));
  }

  @Override
  public Answer<String> txt(Domain name) {
    return answer(name, texts.getOrDefault(name, List.of()));
  }

  private static <T> Answer<T> of(Domain canonical, Answer<T> answer) {
    return answer instanceof Answer.Found<T>(var records, var authentic, _)
        ? new Answer.Found<>(records, authentic, Optional.of(canonical))
        : answer;
  }

  private <T> Answer<T> answer(Domain name, List<T> records) {
    if (unanswered.contains(name)) return new Answer.Unanswered<>(name + ": SERVFAIL");
    if (!records.isEmpty())
      return new Answer.Found<>(records, signed.contains(name), Optional.empty());
    return exchanges.containsKey(name) || addresses.containsKey(name)
        ? new Answer.NoData<>()
        : new Answer.NoSuchName<>();
  }

  private static Mx.Exchange exchange(String text) {
    if (text.equals(".")) return new Mx.Exchange.None();
    return Domain.parse(text)
        .<Mx.Exchange>map(Mx.Exchange.Host::new)
        .orElseGet(() -> new Mx.Exchange.Malformed(text));
  }
}
