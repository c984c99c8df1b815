package io.posthouse.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// mongo-java-server's commands over a [DocumentStore]: no command that may change something is
/// answered, with success or with an error, before what it did is durable.
class StoredBackend extends AbstractMongoBackend {
  /// Everything else is taken for a change; a superfluous commit harms nobody.
  private static final Set<String> READS =
      Set.of(
          "find",
          "getmore",
          "count",
          "distinct",
          "ismaster",
          "hello",
          "ping",
          "buildinfo",
          "serverstatus",
          "listdatabases",
          "listcollections",
          "listindexes",
          "collstats",
          "dbstats",
          "killcursors",
          "getlasterror",
          "endsessions",
          "connectionstatus",
          "hostinfo",
          "getlog",
          "whatsmyuri");

  private final DocumentStore store;

  StoredBackend(DocumentStore store) {
    this.store = store;
    store.names().stream()
        .filter(name -> name.startsWith(StoredDatabase.DOCUMENTS))
        .map(name -> name.substring(StoredDatabase.DOCUMENTS.length()))
        .map(name -> name.substring(0, name.indexOf('.')))
        .distinct()
        .forEach(this::resolveDatabase);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    if (onlyReads(command, query)) return super.handleCommand(channel, database, command, query);
    return store.change(() -> super.handleCommand(channel, database, command, query));
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new StoredDatabase(name, store, getCursorRegistry());
  }

  @Override
  public void close() {
    super.close();
    store.close();
  }

  private static boolean onlyReads(String command, Document query) {
    var name = command.toLowerCase(Locale.ROOT);
    if (name.equals("aggregate")) return !writesItsResult(query.get("pipeline"));
    return READS.contains(name);
  }

  private static boolean writesItsResult(@Nullable Object pipeline) {
    return pipeline instanceof Collection<?> stages
        && stages.stream()
            .anyMatch(stage ->
                stage instanceof Document document
                    && (document.containsKey("$out") || document.containsKey("$merge")));
  }
}
