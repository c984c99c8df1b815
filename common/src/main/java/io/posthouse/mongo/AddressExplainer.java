package io.posthouse.mongo;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Findings;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.DirectoryLookup.DomainKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/// Tells how [MongoDirectory] comes to its answers. Caches nothing. Blocks.
public final class AddressExplainer {
  private final Mongo mongo;
  private final Set<Domain> configured;

  /// @param configured domains that are ours though the database does not list them
  public AddressExplainer(Mongo mongo, Set<Domain> configured) {
    this.mongo = mongo;
    this.configured = Set.copyOf(configured);
  }

  public Findings explain(MailAddress address) throws MongoDown {
    return mongo.ask(db -> {
      var lookup = new DirectoryLookup(db);
      var constants = lookup.constants();
      var kind = lookup.domain(address.domain(), configured);
      var candidates = Candidates.of(address, kind, constants);
      var found = lookup.first(candidates);
      return new Findings(
          words(kind, constants),
          candidates,
          found.address().map(document -> document.getString("addrview")),
          found.user().map(user -> user(user, constants)),
          found.address().map(AddressExplainer::targets).orElse(List.of()),
          found.resolution(kind, constants));
    });
  }

  private static String words(DomainKind kind, Constants constants) {
    return switch (kind) {
      case DomainKind.Ours() -> "ours";
      case DomainKind.AliasOf(var target) -> "an alias of " + target;
      case DomainKind.Foreign() when constants.listedDomainsOnly() ->
          "not listed, and only listed domains are ours (const:domaincache:enabled)";
      case DomainKind.Foreign() -> "not listed";
    };
  }

  private static List<String> targets(Document address) {
    return Found.targets(address).stream()
        .map(target -> target.getString("type") + " " + target.getString("value"))
        .toList();
  }

  private static Findings.User user(Document user, Constants constants) {
    return new Findings.User(
        new UserId(user.getObjectId("_id").toHexString()),
        Optional.ofNullable(user.getString("username")).orElse(""),
        user.getBoolean("disabled", false),
        user.getBoolean("suspended", false),
        DirectoryLookup.number(user, "storageUsed"),
        Found.quota(user, constants),
        DirectoryLookup.number(user, "receivedMax"));
  }
}
