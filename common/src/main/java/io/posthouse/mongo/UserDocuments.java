package io.posthouse.mongo;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.ListedAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/// The documents that WildDuck expects of a user.
final class UserDocuments {
  private static final long KEPT_FOR_A_MONTH = Duration.ofDays(30).toMillis();

  private UserDocuments() {}

  static Document user(
      ObjectId id, MailAddress address, ObjectId addressId, PasswordHash password, long quota) {
    var document =
        new Document("_id", id)
            .append("username", AddressView.shown(address))
            .append("unameview", AddressView.of(address))
            .append("name", "")
            .append("address", AddressView.shown(address))
            .append("addressId", addressId)
            .append("password", password.text())
            .append("tempPassword", null)
            .append("quota", quota)
            .append("storageUsed", 0L)
            .append("recipients", 0)
            .append("forwards", 0)
            .append("receivedMax", 0)
            .append("targets", List.of())
            .append("spamLevel", 50)
            .append("enabled2fa", List.of())
            .append("encryptMessages", false)
            .append("encryptForwarded", false)
            .append("pubKey", "")
            .append("autoreply", false)
            .append("disabledScopes", List.of())
            .append("activated", true)
            .append("disabled", false)
            .append("suspended", false)
            .append("created", Instant.now());
    document.putAll(besides());
    return document;
  }

  /// What else WildDuck writes into a new user.
  private static Document besides() {
    return limits()
        .append("retention", 0)
        .append("uploadSentMessages", false)
        .append("smimeCerts", List.of())
        .append("smimeCipher", "AES-CBC")
        .append("smimeKeyTransport", "PKCS#1 v1.5")
        .append("seed", "")
        .append("pendingSeed", "")
        .append("pendingSeedChanged", false)
        .append("require2faEnabled", false)
        .append("webauthn", new Document("credentials", List.of()))
        .append("authVersion", 1)
        .append("lastLogin", neverLoggedIn())
        .append("featureFlags", new Document())
        .append("language", null)
        .append("metaData", "")
        .append("internalData", "");
  }

  /// Of mail programs; 0 for the default.
  private static Document limits() {
    return new Document("filters", 0)
        .append("imapMaxUpload", 0)
        .append("imapMaxDownload", 0)
        .append("imapMaxConnections", 0)
        .append("pop3MaxDownload", 0)
        .append("pop3MaxMessages", 0);
  }

  private static Document neverLoggedIn() {
    return new Document("time", false).append("authEvent", false).append("ip", false);
  }

  static Document address(ObjectId id, MailAddress address, ObjectId user) {
    return address(ListedAddress.of(address), user).append("_id", id);
  }

  /// An address of a user.
  static Document address(ListedAddress address, ObjectId user) {
    return listed(address).append("user", user);
  }

  /// An address that sends mail on.
  static Document forwarded(ListedAddress address, List<ForwardTarget> targets) {
    return listed(address).append("targets", UserUpdates.targets(targets)).append("forwards", 0);
  }

  private static Document listed(ListedAddress address) {
    return new Document("_id", new ObjectId())
        .append("name", "")
        .append("address", AddressView.shown(address))
        .append("addrview", AddressView.of(address))
        .append("created", Instant.now());
  }

  /// The five folders of a new user.
  static List<Document> mailboxes(ObjectId user, Instant now) {
    return List.of(
        mailbox(user, "INBOX", null, now),
        mailbox(user, "Sent Mail", "\\Sent", now),
        mailbox(user, "Trash", "\\Trash", now).append("retention", KEPT_FOR_A_MONTH),
        mailbox(user, "Drafts", "\\Drafts", now),
        mailbox(user, "Junk", "\\Junk", now).append("retention", KEPT_FOR_A_MONTH));
  }

  private static Document mailbox(
      ObjectId user, String path, @Nullable String specialUse, Instant now) {
    return new Document("_id", new ObjectId())
        .append("user", user)
        .append("path", path)
        .append("specialUse", specialUse)
        .append("uidValidity", now.getEpochSecond())
        .append("uidNext", 1)
        .append("modifyIndex", 1)
        .append("subscribed", true)
        .append("flags", List.of())
        .append("retention", 0L);
  }
}
