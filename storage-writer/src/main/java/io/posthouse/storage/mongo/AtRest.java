package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import io.posthouse.storage.crypt.Encryption;
import io.posthouse.storage.crypt.Encryption.Result;
import io.posthouse.storage.crypt.OnFailure;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// Encrypts the mail of those users who want it, before anything is counted or laid out.
public final class AtRest {
  /// Refuses what cannot be encrypted.
  public static final AtRest ALWAYS = new AtRest(OnFailure.DEAD_LETTER, _ -> {});

  private final OnFailure onFailure;
  private final Events events;

  /// @param onFailure what becomes of a message that cannot be encrypted
  public AtRest(OnFailure onFailure, Events events) {
    this.onFailure = onFailure;
    this.events = events;
  }

  /// Copies whose message cannot be encrypted are settled or, if the operator says so, stay clear.
  void encrypt(
      MongoDatabase database,
      Parallel parallel,
      List<Copy> copies,
      Map<UserId, Quotas.Account> accounts,
      Instant now) {
    var wanted = copies.stream().filter(copy -> wish(copy, accounts).isPresent()).toList();
    if (wanted.isEmpty()) return;
    var folders = folders(database, wanted);
    var ciphertexts = new Ciphertexts(database);
    parallel.forEach(
        wanted,
        copy -> {
          var wish = wish(copy, accounts).orElseThrow();
          if (wish.all() || goesWhereItIsWanted(copy, folders))
            encrypt(copy, wish, ciphertexts, now);
        });
  }

  private void encrypt(Copy copy, EncryptionWish wish, Ciphertexts ciphertexts, Instant now) {
    var kept = ciphertexts.find(copy.id);
    if (kept.isPresent()) {
      copy.encrypted(kept.get());
      return;
    }
    switch (encrypted(copy, wish, now)) {
      case Result.Encrypted(Octets message) ->
          copy.encrypted(ciphertexts.keep(copy.id, message, now));
      case Result.AlreadyEncrypted() -> {}
      case Result.Impossible(var why) -> failed(copy, why);
    }
  }

  private static Result encrypted(Copy copy, EncryptionWish wish, Instant now) {
    try {
      return Encryption.encrypt(copy.delivery().message(), wish.keys(), now);
    } catch (RuntimeException e) {
      // A bug of ours, or a key nobody has thought of: no reason to store it in the clear.
      return new Result.Impossible(e.toString());
    }
  }

  private void failed(Copy copy, String why) {
    switch (onFailure) {
      case DEAD_LETTER -> copy.settle(new Outcome.Refused("cannot be encrypted: " + why));
      case CLEAR ->
          events.record(
              new MailEvent.NotEncrypted(
                  copy.delivery().envelope().queueId(), copy.delivery().user(), why));
    }
  }

  private static Optional<EncryptionWish> wish(Copy copy, Map<UserId, Quotas.Account> accounts) {
    return Optional.ofNullable(accounts.get(copy.delivery().user()))
        .flatMap(Quotas.Account::encryption);
  }

  private static List<Document> folders(MongoDatabase database, List<Copy> copies) {
    var users = copies.stream().map(copy -> Fields.id(copy.delivery().user())).distinct().toList();
    return database
        .getCollection(Fields.MAILBOXES)
        .find(in("user", users))
        .projection(Projections.include("user", "path", "specialUse", "encryptMessages"))
        .into(new ArrayList<>());
  }

  /// Where there is no such folder any more, it goes to the INBOX.
  private static boolean goesWhereItIsWanted(Copy copy, List<Document> folders) {
    var own =
        folders.stream()
            .filter(folder -> Fields.id(copy.delivery().user()).equals(folder.get("user")))
            .toList();
    var folder = copy.delivery().placement().folder();
    return own.stream()
        .filter(candidate -> is(candidate, folder))
        .findFirst()
        .or(() -> own.stream().filter(f -> is(f, new Folder.Inbox())).findFirst())
        .filter(f -> Boolean.TRUE.equals(f.get("encryptMessages")))
        .isPresent();
  }

  private static boolean is(Document candidate, Folder folder) {
    return switch (folder) {
      case Folder.Inbox() -> MailboxReader.INBOX.equals(candidate.get("path"));
      case Folder.Junk() -> "\\Junk".equals(candidate.get("specialUse"));
      case Folder.ById(var hex) -> hex.equals(candidate.getObjectId("_id").toHexString());
    };
  }
}
