package io.posthouse.ops.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestMongo;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/// Commands about a database of their own, typed as an operator does: words with blanks between.
public final class Shell {
  private final String mongodb;

  public Shell(Class<?> test) {
    this(TestMongo.shared().uri() + "/" + TestMongo.shared().freshDatabase(test));
  }

  /// About the database of this URI.
  public Shell(String mongodb) {
    this.mongodb = mongodb;
  }

  /// Where its MongoDB is, with the database.
  public String mongodb() {
    return mongodb;
  }

  /// Runs a command that succeeds, and answers what it printed.
  public String done(String line) {
    var ended = run(line);
    assertEquals(0, ended.exitCode(), () -> line + ": " + ended.errors() + ended.text());
    return ended.text();
  }

  /// The same for one that prints JSON objects.
  public List<Document> json(String line) {
    return done(line + " --format json").lines().map(Document::parse).toList();
  }

  /// Runs a command that ends with this exit code and these words.
  public void refused(int exitCode, String line, String words) {
    var ended = run(line);
    assertEquals(exitCode, ended.exitCode(), () -> line + ": " + ended.errors() + ended.text());
    assertTrue(ended.errors().contains(words), () -> line + ": " + ended.errors());
  }

  private Ended run(String line) {
    return CommandRun.of(
        Stream.concat(Stream.of(line.split(" ")), Stream.of("--mongodb", mongodb))
            .toArray(String[]::new));
  }
}
