package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoDatabase;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Asks the collections of WildDuck about one address or domain, each time by a unique key.
final class DirectoryLookup {
  /// WildDuck's `const:max:storage` where nobody changed it.
  static final long DEFAULT_QUOTA = 1L << 30;

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
          "recipients");

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

  DomainKind domain(String domain) {
    var alias = database.getCollection(Names.DOMAIN_ALIASES).find(eq("alias", domain)).first();
    if (alias != null) return new DomainKind.AliasOf(alias.getString("domain"));
    var ours = database.getCollection(Names.DOMAIN_CACHE).find(eq("domain", domain)).first();
    return ours == null ? new DomainKind.Foreign() : new DomainKind.Ours();
  }

  /// An address in a domain of ours.
  Resolution address(MailAddress address, DomainKind kind) {
    return switch (kind) {
      case DomainKind.Foreign() -> new Resolution.NotLocal();
      case DomainKind.Ours() -> resolution(find(AddressView.of(address)));
      case DomainKind.AliasOf(var target) ->
          resolution(find(AddressView.of(address)).or(() -> find(AddressView.at(address, target))));
    };
  }

  /// The user behind an address, whatever the user may do.
  Optional<Document> userOf(MailAddress address) {
    return find(AddressView.of(address))
        .or(() -> findAtAliased(address))
        .flatMap(found -> Optional.ofNullable(found.getObjectId("user")))
        .flatMap(this::user);
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

  private Resolution resolution(Optional<Document> address) {
    if (address.isEmpty()) return new Resolution.NoSuchUser();
    var user = address.get().getObjectId("user");
    // WildDuck keeps forwarded addresses here too. They are good addresses: our lack, not an error.
    if (user == null) return new Resolution.Unavailable("forwarded addresses are not served yet");
    return user(user).map(DirectoryLookup::standing).orElseGet(Resolution.NoSuchUser::new);
  }

  private static Resolution standing(Document user) {
    var id = new UserId(user.getObjectId("_id").toHexString());
    if (user.getBoolean("disabled", false)) return new Resolution.Disabled(id);
    var quota = number(user, "quota");
    var full = number(user, "storageUsed") >= (quota == 0 ? DEFAULT_QUOTA : quota);
    return full ? new Resolution.OverQuota(id) : new Resolution.LocalUser(id);
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

  private Optional<Document> user(ObjectId id) {
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
