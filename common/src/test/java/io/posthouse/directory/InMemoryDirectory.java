package io.posthouse.directory;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A directory that a test fills. Passes [DirectoryContract].
public final class InMemoryDirectory implements Directory {
  private final AtomicInteger users = new AtomicInteger();
  private final Set<Domain> domains = ConcurrentHashMap.newKeySet();
  private final Map<Domain, Domain> aliases = new ConcurrentHashMap<>();
  private final Map<String, Resolution> answers = new ConcurrentHashMap<>();
  private volatile Optional<String> trouble = Optional.empty();

  /// A user with this address, and its domain; users count from 1 in the last digits of their id.
  public UserId addUser(String address) {
    var id = new UserId("%024x".formatted(users.incrementAndGet()));
    set(address, new Resolution.LocalUser(id));
    return id;
  }

  /// What the directory says of an address from now on.
  public void set(String address, Resolution answer) {
    var parsed = MailAddress.of(address);
    domains.add(parsed.domain());
    answers.put(key(parsed, parsed.domain()), answer);
  }

  public void addDomain(String domain) {
    domains.add(new Domain(domain));
  }

  /// Addresses in `alias` are those in `target`.
  public void addAlias(String alias, String target) {
    aliases.put(new Domain(alias), new Domain(target));
  }

  /// From now on the directory cannot be asked.
  public void breakDown(String why) {
    trouble = Optional.of(why);
  }

  public void recover() {
    trouble = Optional.empty();
  }

  @Override
  public Resolution resolve(MailAddress address) {
    if (trouble.isPresent()) return new Resolution.Unavailable(trouble.get());
    var domain = aliases.getOrDefault(address.domain(), address.domain());
    if (!domains.contains(domain)) return new Resolution.NotLocal();
    return answers.getOrDefault(key(address, domain), new Resolution.NoSuchUser());
  }

  private static String key(MailAddress address, Domain domain) {
    var local = address.localPart().toLowerCase(Locale.ROOT);
    var tag = local.indexOf('+');
    return (tag < 0 ? local : local.substring(0, tag)).replace(".", "") + "@" + domain;
  }
}
