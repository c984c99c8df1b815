package io.posthouse.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A package of Node's, installed under `target` when it is first asked for. Where there is no
/// `npm`, or it cannot fetch, it is absent as a [Peer] is.
public final class NpmPackage {
  private static final Path FOLDER = Path.of("target", "npm");

  private NpmPackage() {}

  /// Runs a script that requires the package.
  ///
  /// @param versioned name and version, such as `nodemailer@7.0.0`
  public static Peer.Ended run(String versioned, Path script, String... arguments) {
    var node = Peer.named("node");
    install(versioned);
    var all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try {
      // It is looked for above the script.
      all[0] =
          Files.copy(
                  script, FOLDER.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING)
              .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return node.run(all);
  }

  private static void install(String versioned) {
    var name = versioned.substring(0, versioned.lastIndexOf('@'));
    if (Files.exists(FOLDER.resolve("node_modules").resolve(name))) return;
    var ended =
        Peer.named("npm")
            .run("install", "--no-audit", "--no-fund", "--prefix", FOLDER.toString(), versioned);
    if (ended.exitCode() != 0) Peer.absent(versioned + " (npm install: " + ended.said() + ")");
  }
}
