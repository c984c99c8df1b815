package io.posthouse.storage.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A file in the format mboxrd.
///
/// Before each message stand a `From ` line, ended by LF, and four header fields, ended by CRLF,
/// always these: `Status`, `X-Status`, `X-Keywords`, `X-Posthouse-Length`. Then come the octets of
/// the message, quoted by [MboxrdOutput], as many as the length says before quoting; then LF, and
/// one more where the message does not end with a line's end. So the message can be had again
/// exactly.
public final class Mbox implements MailExport {
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final List<String> X_STATUS =
      List.of("\\Answered", "A", "\\Flagged", "F", "\\Draft", "T", "\\Deleted", "D");
  private static final String LENGTH = "%019d";

  private final Path target;
  private final Path part;
  private final FileChannel file;
  private long whole;

  /// Starts a file beside `target`, which becomes `target` when it is finished.
  ///
  /// @throws FileAlreadyExistsException if one of the two is there: nothing is overwritten
  public Mbox(Path target) throws IOException {
    if (Files.exists(target)) throw new FileAlreadyExistsException(target.toString());
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void add(Exported mail, Octets octets) throws IOException {
    try {
      append(mail, octets);
      whole = file.position();
    } catch (IOException failed) {
      file.truncate(whole).position(whole);
      throw failed;
    }
  }

  private void append(Exported mail, Octets octets) throws IOException {
    var out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
    var head = head(mail).getBytes(StandardCharsets.UTF_8);
    out.write(head);
    var message = new MboxrdOutput(out);
    octets.writeTo(message);
    out.write(message.end() ? new byte[] {'\n'} : new byte[] {'\n', '\n'});
    out.flush();
    // Known only now, and as long as what stood in its place.
    var length = String.format(Locale.ROOT, LENGTH, message.octets());
    var at = whole + head.length - length.length() - 2;
    file.write(ByteBuffer.wrap(length.getBytes(StandardCharsets.US_ASCII)), at);
  }

  @Override
  public void finish() throws IOException {
    file.force(true);
    file.close();
    Files.move(part, target);
    Disk.force(target.toAbsolutePath().resolveSibling(""));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static String head(Exported mail) {
    var sender = mail.sender().isEmpty() ? "MAILER-DAEMON" : mail.sender().replace(' ', '_');
    var keywords =
        mail.flags().stream()
            .filter(flag -> !flag.startsWith("\\"))
            .collect(Collectors.joining(" "));
    return "From %s %s\n".formatted(sender, ASCTIME.format(mail.received()))
        + "Status: %s\r\n".formatted(mail.flags().contains("\\Seen") ? "RO" : "O")
        + "X-Status: %s\r\n".formatted(mail.letters(X_STATUS))
        + "X-Keywords: %s\r\n".formatted(keywords)
        + "X-Posthouse-Length: %s\r\n".formatted(LENGTH.formatted(0));
  }
}
