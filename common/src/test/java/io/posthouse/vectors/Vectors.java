package io.posthouse.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;

/// Conformance vectors beside the repository, or where the property `posthouse.vectors` says. A
/// test that reads them is skipped, with one loud line, where they are not.
public final class Vectors {
  private Vectors() {}

  /// A file or folder of the vectors, such as `smtp-protocol/requests.json`.
  public static Path path(String relative) {
    var path = root().resolve(relative);
    if (!Files.exists(path)) System.out.println("NOT TESTED: no vectors at " + path.normalize());
    assumeTrue(Files.exists(path), "no vectors at " + path);
    return path;
  }

  /// The list under `key` of a JSON file.
  public static List<Document> list(String relative, String key) {
    return Document.parse(text(relative)).getList(key, Document.class);
  }

  /// The list that a JSON file is.
  public static List<Document> list(String relative) {
    return Document.parse("{\"all\":" + text(relative) + "}").getList("all", Document.class);
  }

  private static String text(String relative) {
    try {
      return Files.readString(path(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("posthouse.vectors", "../../shared/vectors"));
  }
}
