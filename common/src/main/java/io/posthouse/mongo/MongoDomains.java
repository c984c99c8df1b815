package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.posthouse.address.Domain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;

/// Manages which domains are ours, and which are other names of them.
public final class MongoDomains {
  private final Mongo mongo;

  public MongoDomains(Mongo mongo) {
    this.mongo = mongo;
  }

  /// A domain that is another name of one of ours.
  public record Alias(String alias, String domain) {}

  public sealed interface Removal {
    record Removed() implements Removal {}

    record NotThere() implements Removal {}

    /// Something would be left that is of no use without the domain: an address, or an alias.
    record InUse(String by) implements Removal {}
  }

  public sealed interface AliasAddition {
    record Added() implements AliasAddition {}

    record AlreadyThere() implements AliasAddition {}

    /// It is another name of that domain.
    record AliasOf(String domain) implements AliasAddition {}

    /// The domain it should be another name of is none of ours, or an alias itself.
    record NotOurs() implements AliasAddition {}
  }

  /// Our domains by name, without those that are only aliases.
  public List<String> list() throws MongoDown {
    return mongo.ask(db ->
        own(db)
            .find()
            .sort(new Document("domain", 1))
            .map(found -> String.valueOf(found.getString("domain")))
            .into(new ArrayList<>()));
  }

  /// All aliases by name.
  public List<Alias> aliases() throws MongoDown {
    return mongo.ask(db ->
        aliases(db)
            .find()
            .sort(new Document("alias", 1))
            .map(MongoDomains::alias)
            .into(new ArrayList<>()));
  }

  /// Makes a domain ours, and answers whether it was not.
  public boolean add(Domain domain) throws MongoDown {
    var name = AddressView.domain(domain);
    return mongo.ask(db -> {
      new DirectoryIndexes(db).ensure();
      return remember(own(db), "domain", name, Updates.setOnInsert("created", Instant.now()));
    });
  }

  /// Makes a domain not ours, unless it has addresses or aliases.
  public Removal remove(Domain domain) throws MongoDown {
    var name = AddressView.domain(domain);
    return mongo.ask(db -> {
      var user = user(db, name);
      if (user.isPresent()) return new Removal.InUse(user.get());
      return removed(own(db).deleteOne(eq("domain", name)).getDeletedCount());
    });
  }

  /// Makes a domain another name of one of ours.
  public AliasAddition addAlias(Domain alias, Domain of) throws MongoDown {
    var wanted = new Alias(AddressView.domain(alias), AddressView.domain(of));
    return mongo.ask(db -> {
      new DirectoryIndexes(db).ensure();
      return addAlias(db, wanted);
    });
  }

  /// Makes a domain a stranger again.
  public Removal removeAlias(Domain alias) throws MongoDown {
    var name = AddressView.domain(alias);
    return mongo.ask(db -> removed(aliases(db).deleteOne(eq("alias", name)).getDeletedCount()));
  }

  private static AliasAddition addAlias(MongoDatabase db, Alias wanted) {
    var kind = new DirectoryLookup(db).domain(wanted.domain());
    if (!(kind instanceof DirectoryLookup.DomainKind.Ours)
        || wanted.alias().equals(wanted.domain())) return new AliasAddition.NotOurs();
    var content =
        Updates.combine(
            Updates.setOnInsert("domain", wanted.domain()),
            Updates.setOnInsert("created", Instant.now()));
    if (remember(aliases(db), "alias", wanted.alias(), content)) return new AliasAddition.Added();
    var found = aliases(db).find(eq("alias", wanted.alias())).first();
    if (found == null || alias(found).equals(wanted)) return new AliasAddition.AlreadyThere();
    return new AliasAddition.AliasOf(alias(found).domain());
  }

  /// Whether it was not there.
  private static boolean remember(
      MongoCollection<Document> collection, String key, String value, Bson content) {
    return collection
            .updateOne(eq(key, value), content, new UpdateOptions().upsert(true))
            .getUpsertedId()
        != null;
  }

  /// An address at this domain, or an alias of it.
  private static Optional<String> user(MongoDatabase db, String domain) {
    var address =
        db.getCollection(Names.ADDRESSES)
            .find(Filters.regex("addrview", "@" + Pattern.quote(domain) + "$"))
            .first();
    if (address != null) return Optional.of("the address " + address.getString("address"));
    return Optional.ofNullable(aliases(db).find(eq("domain", domain)).first())
        .map(alias -> "the alias " + alias.getString("alias"));
  }

  private static Removal removed(long count) {
    return count == 1 ? new Removal.Removed() : new Removal.NotThere();
  }

  private static Alias alias(Document found) {
    return new Alias(
        String.valueOf(found.getString("alias")), String.valueOf(found.getString("domain")));
  }

  private static MongoCollection<Document> own(MongoDatabase db) {
    return db.getCollection(Names.DOMAIN_CACHE);
  }

  private static MongoCollection<Document> aliases(MongoDatabase db) {
    return db.getCollection(Names.DOMAIN_ALIASES);
  }
}
