package io.posthouse.storage.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A Maildir: a file for each message with its octets and nothing else, the flags in its name.
///
/// All lies in `cur`: what is there was seen by a mail program, the flag S says whether by a
/// person.
public final class Maildir implements MailExport {
  private static final List<String> LETTERS =
      List.of(
          "\\Draft",
          "D",
          "\\Flagged",
          "F",
          "$Forwarded",
          "P",
          "\\Answered",
          "R",
          "\\Seen",
          "S",
          "\\Deleted",
          "T");

  private final Path folder;

  /// Makes the folders.
  ///
  /// @throws DirectoryNotEmptyException if there is something in it: nothing is overwritten
  public Maildir(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (var there = Files.list(folder)) {
      if (there.findAny().isPresent()) throw new DirectoryNotEmptyException(folder.toString());
    }
    for (var name : List.of("tmp", "new", "cur")) Files.createDirectory(folder.resolve(name));
  }

  @Override
  public void add(Exported mail, Octets octets) throws IOException {
    var name = mail.received().getEpochSecond() + ".U" + mail.uid() + ".posthouse";
    var written = folder.resolve("tmp").resolve(name);
    try {
      var size = write(written, octets);
      var flags = ",S=" + size + ":2," + mail.letters(LETTERS);
      Files.move(written, folder.resolve("cur").resolve(name + flags));
    } catch (IOException failed) {
      Files.deleteIfExists(written);
      throw failed;
    }
  }

  private static long write(Path to, Octets octets) throws IOException {
    try (var file = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
      octets.writeTo(out);
      out.flush();
      file.force(true);
      return file.position();
    }
  }

  @Override
  public void finish() throws IOException {
    Disk.force(folder.resolve("cur"));
    Disk.force(folder);
  }

  @Override
  public void close() {}
}
