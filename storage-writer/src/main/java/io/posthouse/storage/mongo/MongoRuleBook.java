package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.posthouse.address.Domain;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.rules.Absence;
import io.posthouse.storage.rules.AddressRules;
import io.posthouse.storage.rules.DomainAccess;
import io.posthouse.storage.rules.RuleBook;
import io.posthouse.storage.rules.UserRules;
import java.io.IOException;
import java.net.IDN;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/// Rules in WildDuck's collections `users`, `filters`, `autoreplies`, `audits` and `domainaccess`:
/// three questions for all the users of a batch, whose answers serve for a few seconds, and two
/// more for those who are away.
public final class MongoRuleBook implements RuleBook {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int REMEMBERED = 100_000;
  private static final Bson USER =
      Projections.include(
          "spamLevel",
          "tagsview",
          "targets",
          "forwards",
          "encryptForwarded",
          "autoreply",
          "mtaRelay",
          "name",
          "address");

  private final Mongo mongo;
  private final Cache<UserId, UserRules> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FRESH).build();

  public MongoRuleBook(Mongo mongo) {
    this.mongo = mongo;
  }

  @Override
  public Map<UserId, UserRules> rules(Set<UserId> of) throws IOException {
    var rules = new HashMap<UserId, UserRules>(known.getAllPresent(of));
    var unknown = of.stream().filter(user -> !rules.containsKey(user)).toList();
    if (!unknown.isEmpty()) {
      var found = Asking.ask(mongo, db -> rules(db, unknown));
      known.putAll(found);
      rules.putAll(found);
    }
    return rules;
  }

  @Override
  public List<DomainAccess> access(Set<String> tags, Set<Domain> domains) throws IOException {
    if (tags.isEmpty() || domains.isEmpty()) return List.of();
    var spellings = new HashMap<String, Domain>();
    for (var domain : domains) {
      spellings.put(domain.name(), domain);
      spellings.put(IDN.toUnicode(domain.name(), IDN.ALLOW_UNASSIGNED), domain);
    }
    var found =
        Asking.ask(
            mongo,
            db ->
                db.getCollection("domainaccess")
                    .find(and(in("tagview", tags), in("domain", spellings.keySet())))
                    .sort(Sorts.ascending("_id"))
                    .into(new ArrayList<>()));
    return found.stream().flatMap(a -> RuleDocuments.access(a, spellings).stream()).toList();
  }

  @Override
  public Optional<AddressRules> address(AddressId address) throws IOException {
    var id = new ObjectId(address.hex());
    return Asking.ask(
        mongo,
        db ->
            Optional.ofNullable(db.getCollection("addresses").find(eq("_id", id)).first())
                .map(RuleDocuments::address));
  }

  private static Map<UserId, UserRules> rules(MongoDatabase db, List<UserId> users) {
    var ids = users.stream().map(Fields::id).toList();
    var filters = filters(db, ids);
    var audits = ofUsers(db, "audits", in("user", ids));
    var found =
        db.getCollection(Fields.USERS)
            .find(in("_id", ids))
            .projection(USER)
            .into(new ArrayList<>());
    var absences = absences(db, found);
    var rules = new HashMap<UserId, UserRules>();
    users.forEach(user -> rules.put(user, UserRules.NONE));
    for (var user : found) {
      var id = user.getObjectId("_id");
      var own = filters.getOrDefault(id, List.of());
      var absence = Optional.ofNullable(absences.get(id));
      var audit = audits.getOrDefault(id, List.of());
      rules.put(Fields.user(id), RuleDocuments.rules(user, own, absence, audit));
    }
    return rules;
  }

  /// Of those users who have switched them on.
  private static Map<ObjectId, Absence> absences(MongoDatabase db, List<Document> users) {
    var away = new HashMap<ObjectId, Document>();
    for (var user : users)
      if (Boolean.TRUE.equals(user.get("autoreply"))) away.put(user.getObjectId("_id"), user);
    var absences = new HashMap<ObjectId, Absence>();
    if (away.isEmpty()) return absences;
    var addresses = ofUsers(db, "addresses", in("user", away.keySet()));
    ofUsers(db, "autoreplies", and(in("user", away.keySet()), eq("status", true)))
        .forEach((id, replies) -> {
          var own = addresses.getOrDefault(id, List.of());
          var user = away.get(id);
          if (user != null)
            RuleDocuments.absence(user, own, replies.getFirst())
                .ifPresent(absence -> absences.put(id, absence));
        });
    return absences;
  }

  private static Map<ObjectId, List<Document>> filters(MongoDatabase db, List<ObjectId> users) {
    return ofUsers(db, "filters", and(in("user", users), ne("disabled", true)));
  }

  /// Oldest first.
  private static Map<ObjectId, List<Document>> ofUsers(
      MongoDatabase db, String collection, Bson wanted) {
    var found = new HashMap<ObjectId, List<Document>>();
    db.getCollection(collection)
        .find(wanted)
        .sort(Sorts.ascending("_id"))
        .forEach(document ->
            found
                .computeIfAbsent(document.getObjectId("user"), _ -> new ArrayList<>())
                .add(document));
    return found;
  }
}
