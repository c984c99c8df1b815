package io.posthouse.mongo;

import com.mongodb.client.model.Updates;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.UserChange;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/// What a change of a user is in its document.
final class UserUpdates {
  private UserUpdates() {}

  static Bson of(List<? extends UserChange> changes) {
    return Updates.combine(changes.stream().map(UserUpdates::of).toList());
  }

  private static Bson of(UserChange change) {
    return switch (change) {
      case UserChange.Name(var name) -> Updates.set("name", name);
      case UserChange.Quota(var octets) -> Updates.set("quota", octets);
      case UserChange.Disabled(var disabled) -> Updates.set("disabled", disabled);
      case UserChange.Suspended(var suspended) -> Updates.set("suspended", suspended);
      case UserChange.SpamLevel(var level) -> Updates.set("spamLevel", level);
      case UserChange.Limit(var kind, var most) -> Updates.set(field(kind), most);
      case UserChange.Targets(var targets) -> Updates.set("targets", targets(targets));
      case UserChange.Tags(var tags) -> tags(tags);
      case UserChange.Encryption(var on) -> Updates.set("encryptMessages", on);
      case UserChange.PublicKey(var armoured) -> Updates.set("pubKey", armoured);
    };
  }

  /// As they stand in users and in addresses that forward.
  static List<Document> targets(List<ForwardTarget> targets) {
    return targets.stream()
        .map(target ->
            new Document("id", new ObjectId())
                .append("type", target.kind().name().toLowerCase(Locale.ROOT))
                .append("value", target.value()))
        .toList();
  }

  /// Those of a document, whoever wrote it.
  static List<ForwardTarget> targets(Document document) {
    return document.getList("targets", Document.class, List.of()).stream()
        .map(target -> new ForwardTarget(kind(target.get("type", "mail")), target.get("value", "")))
        .toList();
  }

  private static ForwardTarget.Kind kind(String type) {
    return switch (type) {
      case "relay" -> ForwardTarget.Kind.RELAY;
      case "http" -> ForwardTarget.Kind.HTTP;
      default -> ForwardTarget.Kind.MAIL;
    };
  }

  private static String field(UserChange.Limit.Kind kind) {
    return switch (kind) {
      case RECIPIENTS -> "recipients";
      case FORWARDS -> "forwards";
      case RECEIVED -> "receivedMax";
    };
  }

  private static Bson tags(List<String> tags) {
    return Updates.combine(
        Updates.set("tags", tags),
        Updates.set(
            "tagsview",
            tags.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).distinct().toList()));
  }
}
