package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoDatabase;
import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Asks the collections of WildDuck about one address or domain, each time by unique keys.
final class DirectoryLookup {
  private static final List<String> FIELDS =
      List.of(
          "username",
          "address",
          "password",
          "enabled2fa",
          "disabled",
          "suspended",
          "disabledScopes",
          "quota",
          "storageUsed",
          "receivedMax",
          "recipients");

  private static final List<String> ADDRESS_FIELDS =
      List.of("addrview", "user", "targets", "forwards", "forwardedDisabled");

  private final MongoDatabase database;

  DirectoryLookup(MongoDatabase database) {
    this.database = database;
  }

  /// What a domain is to us.
  sealed interface DomainKind {
    record Ours() implements DomainKind {}

    /// Its addresses are those of another domain.
    record AliasOf(String domain) implements DomainKind {}

    record Foreign() implements DomainKind {}
  }

  /// What a domain is to us.
  ///
  /// @param configured ours even if the database does not list them
  DomainKind domain(Domain domain, Set<Domain> configured) {
    var kind = domain(AddressView.domain(domain));
    return kind instanceof DomainKind.Foreign && configured.contains(domain)
        ? new DomainKind.Ours()
        : kind;
  }

  DomainKind domain(String domain) {
    var alias = database.getCollection(Names.DOMAIN_ALIASES).find(eq("alias", domain)).first();
    if (alias != null) return new DomainKind.AliasOf(alias.getString("domain"));
    var ours = database.getCollection(Names.DOMAIN_CACHE).find(eq("domain", domain)).first();
    return ours == null ? new DomainKind.Foreign() : new DomainKind.Ours();
  }

  Constants constants() {
    return Constants.read(database);
  }

  /// What is found under the first of some keys that there is, and its user.
  Found first(List<String> candidates) {
    if (candidates.isEmpty()) return Found.NOTHING;
    Map<String, Document> found = new HashMap<>();
    for (var address :
        database
            .getCollection(Names.ADDRESSES)
            .find(in("addrview", candidates))
            .projection(include(ADDRESS_FIELDS))) found.put(address.getString("addrview"), address);
    return candidates.stream()
        .filter(found::containsKey)
        .findFirst()
        .map(found::get)
        .map(address -> new Found(Optional.of(address), userOf(address)))
        .orElse(Found.NOTHING);
  }

  /// The user behind an address, whatever the user may do.
  Optional<Document> userOf(MailAddress address) {
    return find(AddressView.of(address)).or(() -> findAtAliased(address)).flatMap(this::userOf);
  }

  Optional<Document> userNamed(String name) {
    var view = AddressView.ofUserName(name);
    return Optional.ofNullable(
        database
            .getCollection(Names.USERS)
            .find(eq("unameview", view))
            .projection(include(FIELDS))
            .first());
  }

  /// The application passwords of a user.
  List<Document> applicationPasswords(ObjectId user) {
    return database
        .getCollection(Names.APPLICATION_PASSWORDS)
        .find(eq("user", user))
        .into(new ArrayList<>());
  }

  private Optional<Document> userOf(Document address) {
    return Optional.ofNullable(address.getObjectId("user")).flatMap(this::user);
  }

  private Optional<Document> findAtAliased(MailAddress address) {
    return switch (domain(AddressView.domain(address.domain()))) {
      case DomainKind.AliasOf(var target) -> find(AddressView.at(address, target));
      case DomainKind.Ours _, DomainKind.Foreign _ -> Optional.empty();
    };
  }

  private Optional<Document> find(String addrview) {
    return Optional.ofNullable(
        database.getCollection(Names.ADDRESSES).find(eq("addrview", addrview)).first());
  }

  /// The user of this id.
  Optional<Document> user(ObjectId id) {
    return Optional.ofNullable(
        database
            .getCollection(Names.USERS)
            .find(eq("_id", id))
            .projection(include(FIELDS))
            .first());
  }

  static long number(Document document, String field) {
    return document.get(field) instanceof Number number ? number.longValue() : 0;
  }
}
