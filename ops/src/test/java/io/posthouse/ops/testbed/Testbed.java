package io.posthouse.ops.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where end-to-end tests keep what they write: `ops/target/testbed/`, one folder a run.
public final class Testbed {
  private static final Path FOLDER = create();

  private Testbed() {}

  /// The folder of this run.
  public static Path folder() {
    return FOLDER;
  }

  /// A new folder in it.
  public static Path folder(String name) {
    try {
      return Files.createTempDirectory(FOLDER, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a text file into a folder.
  public static Path write(Path folder, String name, String text) {
    return write(folder.resolve(name), text.getBytes(UTF_8));
  }

  /// Writes a file.
  public static Path write(Path file, byte[] octets) {
    try {
      return Files.write(file, octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path create() {
    var run = String.valueOf(ProcessHandle.current().pid());
    try {
      return Files.createDirectories(Path.of("target", "testbed", run).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
