package io.posthouse.storage.rules;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Octets;
import io.posthouse.storage.mime.Addresses;
import io.posthouse.storage.mime.EncodedWords;
import io.posthouse.storage.mime.HeaderIndex;
import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimeParser;
import io.posthouse.storage.mime.MimePart;
import io.posthouse.storage.text.MessageText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A message as rules look at it; it is taken apart no further than they ask. For one thread.
public final class Mail {
  private final Octets octets;
  private @Nullable HeaderIndex header;
  private @Nullable Parts parts;

  private record Parts(Message message, MimePart root) {}

  private Mail(Octets octets) {
    this.octets = octets;
  }

  /// A message as it will lie in the mailbox.
  ///
  /// @param octets the message with the lines of its final delivery
  public static Mail of(Octets octets) {
    return new Mail(octets);
  }

  public long size() {
    return octets.length();
  }

  public HeaderIndex header() {
    var known = header;
    if (known == null) header = known = parsedHeader();
    return known;
  }

  /// The values of fields as a person reads them, in lower case.
  Stream<String> texts(List<String> names) {
    return names.stream()
        .flatMap(name -> header().all().getOrDefault(name, List.of()).stream())
        .map(value -> EncodedWords.decode(value).toLowerCase(Locale.ROOT));
  }

  /// Whether a part is more than text, or than a picture within a page.
  boolean hasAttachments() {
    return isAttached(parts().root(), false);
  }

  /// What a person reads in it, or the first hundred thousand characters of that.
  String text() {
    var text = MessageText.of(parts().message(), parts().root(), Map.of());
    return text.text() + text.footer();
  }

  private Parts parts() {
    var known = parts;
    if (known != null) return known;
    var message = Message.of(octets);
    known = new Parts(message, MimeParser.parse(message, MimeParser.Limits.DEFAULT));
    parts = known;
    return known;
  }

  /// The addresses in fields, those of groups too; what is none is left out.
  public List<MailAddress> addresses(String... names) {
    return Stream.of(names)
        .flatMap(name -> header().all().getOrDefault(name, List.of()).stream())
        .flatMap(value -> Addresses.parse(value).stream())
        .flatMap(Mail::mailboxes)
        .flatMap(mailbox -> MailAddress.parse(mailbox.address()).stream())
        .toList();
  }

  /// Who wrote it; the first of several.
  public Optional<MailAddress> author() {
    return addresses("from").stream().findFirst();
  }

  private static Stream<Addresses.Mailbox> mailboxes(Addresses.Entry entry) {
    return switch (entry) {
      case Addresses.Mailbox mailbox -> Stream.of(mailbox);
      case Addresses.Group group -> group.members().stream();
    };
  }

  private HeaderIndex parsedHeader() {
    var section = Octets.of(octets.sharedArray(), 0, endOfHeader());
    return MimeParser.parse(Message.of(section), MimeParser.Limits.FLAT).header();
  }

  /// After the empty line, or at the end of a message that is all header.
  private int endOfHeader() {
    var array = octets.sharedArray();
    var lineStart = 0;
    for (int i = 0; i < array.length; i++) {
      if (array[i] != '\n') continue;
      if (i == lineStart || (i == lineStart + 1 && array[lineStart] == '\r')) return i + 1;
      lineStart = i + 1;
    }
    return array.length;
  }

  private static boolean isAttached(MimePart part, boolean related) {
    return switch (part) {
      case MimePart.Leaf leaf -> !related && !leaf.isText() && leaf.body().length() > 0;
      case MimePart.Multipart multipart -> {
        var within = related || part.header().contentType().subtype().equals("related");
        yield multipart.children().stream().anyMatch(child -> isAttached(child, within));
      }
    };
  }
}
