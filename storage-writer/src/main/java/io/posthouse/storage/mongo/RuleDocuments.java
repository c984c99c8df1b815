package io.posthouse.storage.mongo;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.rules.Absence;
import io.posthouse.storage.rules.AddressRules;
import io.posthouse.storage.rules.Autoreply;
import io.posthouse.storage.rules.DomainAccess;
import io.posthouse.storage.rules.Filter;
import io.posthouse.storage.rules.Filter.Actions;
import io.posthouse.storage.rules.Filter.Conditions;
import io.posthouse.storage.rules.Filter.Field;
import io.posthouse.storage.rules.Phrases;
import io.posthouse.storage.rules.UserRules;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// WildDuck's documents about rules, read leniently: what is missing or of another type says
/// nothing.
final class RuleDocuments {
  private static final Map<Field, String> NAMES =
      Map.of(
          Field.FROM, "from",
          Field.TO, "to",
          Field.SUBJECT, "subject",
          Field.LIST_ID, "listId");

  private RuleDocuments() {}

  /// @param audits documents about copies of the user's mail
  static UserRules rules(
      Document user, List<Document> filters, Optional<Absence> absence, List<Document> audits) {
    return new UserRules(
        spamLevel(user),
        tags(user),
        filters.stream().map(RuleDocuments::filter).toList(),
        targets(user),
        forwards(user),
        Boolean.TRUE.equals(user.get("encryptForwarded")),
        absence,
        !text(user, "mtaRelay").isBlank(),
        audits.stream()
            .map(audit -> instant(audit, "end").orElse(Instant.MAX))
            .max(Comparator.naturalOrder()));
  }

  static AddressRules address(Document address) {
    return new AddressRules(
        targets(address),
        forwards(address),
        Boolean.TRUE.equals(address.get("forwardedDisabled")),
        autoreply(address));
  }

  /// Of an address that no user has: a part of its document, and known by its id.
  private static Optional<Autoreply> autoreply(Document address) {
    var reply = child(address, "autoreply");
    if (!Boolean.TRUE.equals(reply.get("status"))) return Optional.empty();
    return Optional.of(autoreply(address, new Document(reply).append("_id", address.get("_id"))));
  }

  /// Empty for a user without an address.
  ///
  /// @param addresses documents of the user's addresses
  static Optional<Absence> absence(Document user, List<Document> addresses, Document reply) {
    var own =
        addresses.stream().flatMap(a -> MailAddress.parse(text(a, "address")).stream()).toList();
    return MailAddress.parse(text(user, "address"))
        .or(() -> own.stream().findFirst())
        .map(address -> new Absence(address, own, autoreply(user, reply)));
  }

  private static Autoreply autoreply(Document user, Document reply) {
    var name = text(reply, "name");
    return new Autoreply(
        reply.getObjectId("_id").toHexString(),
        instant(reply, "start"),
        instant(reply, "end"),
        name.isBlank() ? text(user, "name") : name,
        text(reply, "subject"),
        text(reply, "text"),
        text(reply, "html"));
  }

  private static Optional<Instant> instant(Document of, String field) {
    return of.get(field) instanceof Date date ? Optional.of(date.toInstant()) : Optional.empty();
  }

  private static long forwards(Document of) {
    var forwards = Fields.number(of, "forwards");
    return forwards > 0 ? forwards : UserRules.FORWARDS_PER_DAY;
  }

  /// Empty for a domain that is not among these.
  ///
  /// @param domains by every spelling
  static Optional<DomainAccess> access(Document found, Map<String, Domain> domains) {
    return Optional.ofNullable(domains.get(text(found, "domain")))
        .map(domain ->
            new DomainAccess(
                found.getObjectId("_id").toHexString(),
                text(found, "tagview"),
                domain,
                text(found, "action").equals("block")));
  }

  private static Optional<Phrases> phrases(Document query) {
    var wanted = text(query, "text");
    return wanted.isBlank() ? Optional.empty() : Optional.of(Phrases.parse(wanted));
  }

  private static Filter filter(Document filter) {
    var query = child(filter, "query");
    var headers = new EnumMap<Field, String>(Field.class);
    NAMES.forEach((field, name) -> {
      var wanted = text(child(query, "headers"), name).toLowerCase(Locale.ROOT);
      if (!wanted.isEmpty()) headers.put(field, wanted);
    });
    return new Filter(
        filter.getObjectId("_id").toHexString(),
        new Conditions(headers, truth(query, "ha"), Fields.number(query, "size"), phrases(query)),
        actions(child(filter, "action")));
  }

  private static Actions actions(Document action) {
    return new Actions(
        truth(action, "seen"),
        truth(action, "flag"),
        truth(action, "delete"),
        truth(action, "spam"),
        folder(action.get("mailbox")),
        targets(action));
  }

  private static Optional<Folder> folder(@Nullable Object id) {
    if (id instanceof ObjectId own) return Optional.of(new Folder.ById(own.toHexString()));
    return id instanceof String hex && ObjectId.isValid(hex)
        ? Optional.of(new Folder.ById(hex.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static List<Target> targets(Document of) {
    if (!(of.get("targets") instanceof List<?> targets)) return List.of();
    return targets.stream()
        .filter(Document.class::isInstance)
        .map(Document.class::cast)
        .map(target -> new Target(text(target, "type"), text(target, "value")))
        .filter(target -> !target.value().isEmpty())
        .toList();
  }

  private static int spamLevel(Document user) {
    if (!(user.get("spamLevel") instanceof Number level)) return UserRules.SPAM_LEVEL;
    return Math.clamp(level.longValue(), 0, 100);
  }

  private static Set<String> tags(Document user) {
    if (!(user.get("tagsview") instanceof List<?> tags)) return Set.of();
    return tags.stream().map(String::valueOf).collect(Collectors.toSet());
  }

  /// A number says yes above 0 and no below it.
  private static Optional<Boolean> truth(Document in, String field) {
    return switch (in.get(field)) {
      case Boolean truth -> Optional.of(truth);
      case Number number when number.intValue() != 0 -> Optional.of(number.intValue() > 0);
      case null, default -> Optional.empty();
    };
  }

  private static Document child(Document of, String field) {
    return of.get(field) instanceof Document child ? child : new Document();
  }

  private static String text(Document of, String field) {
    return of.get(field) instanceof String text ? text : "";
  }
}
