package io.posthouse.storage.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What it takes that a file is found again after the power failed.
final class Disk {
  private Disk() {}

  /// Writes a folder's list of names to disk.
  static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
