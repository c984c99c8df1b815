package io.posthouse.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A package of Node's, installed under `target` when it is first asked for. Where there is no
/// `npm`, or it cannot fetch, it is absent as a [Peer] is.
public final class NpmPackage {
  private static final Path FOLDER = Path.of("target", "npm");
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "posthouse-peers");

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

  /// Packages in a folder of the user's cache, where other checkouts find them too: for those that
  /// take long to install. Without their install scripts, which may want to compile.
  ///
  /// @param name of the folder, another one for other versions
  public static Path cached(String name, String... versioned) {
    var folder = CACHE.resolve(name);
    if (Files.isDirectory(folder)) return folder;
    var unfinished = CACHE.resolve(name + "." + ProcessHandle.current().pid());
    var what = new ArrayList<>(List.of(versioned));
    what.add("--ignore-scripts");
    npmInstall(name, unfinished, what);
    return finish(unfinished, folder);
  }

  /// Whoever comes second takes what is there.
  private static Path finish(Path unfinished, Path folder) {
    try {
      return Files.move(unfinished, folder);
    } catch (IOException e) {
      if (Files.isDirectory(folder)) return folder;
      throw new UncheckedIOException(e);
    }
  }

  private static void install(String versioned) {
    var name = versioned.substring(0, versioned.lastIndexOf('@'));
    if (Files.exists(FOLDER.resolve("node_modules").resolve(name))) return;
    npmInstall(versioned, FOLDER, List.of(versioned));
  }

  private static void npmInstall(String name, Path folder, List<String> what) {
    var arguments =
        new ArrayList<>(
            List.of("install", "--no-audit", "--no-fund", "--prefix", folder.toString()));
    arguments.addAll(what);
    var ended = Peer.named("npm").run(arguments.toArray(String[]::new));
    if (ended.exitCode() != 0) Peer.absent(name + " (npm install: " + ended.said() + ")");
  }
}
