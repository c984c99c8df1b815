package io.posthouse.ops.testbed;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;

/// What lies in the mailboxes, read from MongoDB as WildDuck would, without any code of ours.
public final class Mailboxes implements AutoCloseable {
  private final MongoClient client;
  private final String database;

  Mailboxes(String uri, String database) {
    client = MongoClients.create(uri);
    this.database = database;
  }

  /// The ids ([SampleMessage#id]) of all messages of all users, one for each copy.
  public List<String> ids() {
    return client
        .getDatabase(database)
        .getCollection("messages")
        .find()
        .projection(Projections.include("msgid"))
        .map(Mailboxes::id)
        .into(new ArrayList<>());
  }

  /// Every copy: its id, whose it is, where and as which it lies there, and which message it is.
  public Set<String> copies() {
    return client
        .getDatabase(database)
        .getCollection("messages")
        .find()
        .projection(Projections.include("user", "mailbox", "uid", "modseq", "msgid", "size"))
        .map(Document::toJson)
        .into(new TreeSet<>());
  }

  /// What is counted: octets of each user, and where each mailbox goes on.
  public Set<String> counts() {
    var counts = new TreeSet<String>();
    var db = client.getDatabase(database);
    db.getCollection("users")
        .find()
        .projection(Projections.include("username", "storageUsed"))
        .forEach(user -> counts.add(user.toJson()));
    db.getCollection("mailboxes")
        .find()
        .projection(Projections.include("user", "path", "uidNext", "modifyIndex"))
        .forEach(mailbox -> counts.add(mailbox.toJson()));
    return counts;
  }

  /// How many messages lie there.
  public long count() {
    return client.getDatabase(database).getCollection("messages").countDocuments();
  }

  @Override
  public void close() {
    client.close();
  }

  private static String id(Document message) {
    var field = message.getString("msgid");
    return SampleMessage.idOf(field).orElse(field);
  }
}
