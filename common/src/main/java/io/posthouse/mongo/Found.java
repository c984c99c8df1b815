package io.posthouse.mongo;

import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.DirectoryLookup.DomainKind;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/// What the database has under an address, and what that means.
///
/// @param address empty where nothing is found
/// @param user empty for an address without one, and for one whose user is gone
record Found(Optional<Document> address, Optional<Document> user) {
  static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

  /// What it means in a domain of this kind.
  Resolution resolution(DomainKind kind, Constants constants) {
    var resolution = resolution(constants);
    return kind instanceof DomainKind.Foreign && resolution instanceof Resolution.NoSuchUser
        ? new Resolution.NotLocal()
        : resolution;
  }

  private Resolution resolution(Constants constants) {
    if (user.isPresent()) return standing(user.get(), constants);
    return address
        .filter(Found::isForwarded)
        .map(found -> forwarded(found, constants))
        .orElseGet(Resolution.NoSuchUser::new);
  }

  /// How much the user may store, in octets.
  static long quota(Document user, Constants constants) {
    var own = DirectoryLookup.number(user, "quota");
    return own > 0 ? own : constants.storage();
  }

  /// Whom the address is forwarded to.
  static List<Document> targets(Document address) {
    return address.getList("targets", Document.class, List.of());
  }

  private static boolean isForwarded(Document address) {
    return address.getObjectId("user") == null && !targets(address).isEmpty();
  }

  /// Who is suspended may not log in and still gets mail, as with WildDuck.
  private static Resolution standing(Document user, Constants constants) {
    var id = new UserId(hex(user));
    if (user.getBoolean("disabled", false)) return new Resolution.Disabled(id);
    if (DirectoryLookup.number(user, "storageUsed") >= quota(user, constants))
      return new Resolution.OverQuota(id);
    return new Resolution.LocalUser(id, limit(user, "receivedMax"));
  }

  private static Resolution forwarded(Document address, Constants constants) {
    var id = new AddressId(hex(address));
    if (address.getBoolean("forwardedDisabled", false)) return new Resolution.Closed(id);
    var own = limit(address, "forwards");
    return new Resolution.Forwarded(
        id, targets(address).size(), own > 0 ? own : constants.forwards());
  }

  private static long limit(Document document, String field) {
    return Math.max(0, DirectoryLookup.number(document, field));
  }

  private static String hex(Document document) {
    ObjectId id = document.getObjectId("_id");
    return id.toHexString();
  }
}
