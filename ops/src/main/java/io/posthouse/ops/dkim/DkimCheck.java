package io.posthouse.ops.dkim;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.config.HostPort;
import io.posthouse.dkim.KeyFiles;
import io.posthouse.dkim.KeyRecord;
import io.posthouse.dkim.KeyRecord.Verdict;
import io.posthouse.dkim.SigningKey;
import io.posthouse.dkim.SigningKeys;
import io.posthouse.dkim.SigningKeys.Found;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dnsjava.DnsjavaDns;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoSigningKeys;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse dkim check`.
@Command(
    name = "check",
    description =
        "Asks the DNS for the public half of each key that signs. Without domains: those of all"
            + " keys in files and in the directory.")
final class DkimCheck implements Callable<Integer> {
  private static final String NO_KEY = "no_key";
  private static final String NONE = "-";

  @Parameters(paramLabel = "DOMAIN", arity = "0..*", description = "Only these domains.")
  private List<String> domains = new ArrayList<>();

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var settings = cluster.read(PosthouseSettings::read);
    var table = new Table("domain", "selector", "algorithm", "dns");
    var dns = dns(settings);
    var mongodb = settings.mongodb();
    var good = true;
    try (var mongo = Mongo.connect(mongodb.uri().text(), mongodb.database())) {
      var directory = directory(settings, mongo);
      var keys =
          files(settings).orElse(directory.<SigningKeys>map(d -> d).orElse(SigningKeys.NONE));
      for (var domain : wanted(settings, directory, keys)) good &= check(domain, keys, dns, table);
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Set<Domain> wanted(
      PosthouseSettings settings, Optional<MongoSigningKeys> directory, SigningKeys keys)
      throws MongoDown {
    var wanted = new LinkedHashSet<Domain>();
    for (var name : domains) wanted.add(Domain.parse(name).orElseThrow(() -> usage(name)));
    if (!wanted.isEmpty()) return wanted;
    settings.dkim().keys().forEach(file -> file.domain().ifPresent(wanted::add));
    if (directory.isPresent()) wanted.addAll(directory.get().domains());
    // They sign with the keys of any domain.
    if (keys.ofAnyDomain() instanceof Found.Keys) wanted.addAll(settings.edge().domains());
    return wanted;
  }

  /// Adds what is known of a domain's keys.
  private static boolean check(Domain domain, SigningKeys keys, Dns dns, Table table) {
    var own = keys.of(domain);
    return switch (own instanceof Found.NoKey ? keys.ofAnyDomain() : own) {
      case Found.Keys(var all) ->
          all.stream().map(key -> check(domain, key, dns, table)).toList().stream()
              .allMatch(Boolean::booleanValue);
      case Found.NoKey _ -> {
        table.row(domain.name(), NONE, NONE, NO_KEY);
        yield false;
      }
      case Found.Unusable(var why) -> {
        table.row(domain.name(), NONE, NONE, "unusable: " + why);
        yield false;
      }
      case Found.Unavailable(var why) -> throw CommandFailed.unreachable("MongoDB", why);
    };
  }

  private static boolean check(Domain domain, SigningKey key, Dns dns, Table table) {
    var name = new Domain(key.selector() + "._domainkey." + domain);
    var verdict = verdict(key, dns.txt(name));
    table.row(domain.name(), key.selector(), key.algorithm().toString(), verdict);
    return verdict.equals(word(Verdict.OK));
  }

  private static String verdict(SigningKey key, Answer<String> answer) {
    return switch (answer) {
      case Answer.Found<String>(var records, _, _) -> word(KeyRecord.check(key, records));
      case Answer.NoData<String> _, Answer.NoSuchName<String> _ -> word(Verdict.MISSING);
      case Answer.Unanswered<String>(var why) -> "no answer: " + why;
    };
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static KeyFiles files(PosthouseSettings settings) {
    var dkim = settings.dkim();
    return new KeyFiles(dkim.keys(), dkim.reloadEvery(), _ -> {}, InstantSource.system());
  }

  private static Optional<MongoSigningKeys> directory(PosthouseSettings settings, Mongo mongo) {
    var dkim = settings.dkim();
    return dkim.directory()
        ? Optional.of(
            new MongoSigningKeys(mongo, dkim.directorySecret(), _ -> {}, InstantSource.system()))
        : Optional.empty();
  }

  private static Dns dns(PosthouseSettings settings) {
    var servers = settings.dns().servers().stream().map(HostPort::toSocketAddress).toList();
    return new DnsjavaDns(servers, settings.dns().timeout());
  }

  private ParameterException usage(String name) {
    return new ParameterException(spec.commandLine(), "not a domain: " + name);
  }
}
