package io.posthouse.storage.mongo;

import io.posthouse.message.Octets;
import io.posthouse.storage.mime.Addresses;
import io.posthouse.storage.mime.EncodedWords;
import io.posthouse.storage.mime.HeaderIndex;
import java.net.IDN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/// The fields `envelope` and what IMAP's ENVELOPE is made of (RFC 9051 §7.5.2).
final class ImapEnvelope {
  private ImapEnvelope() {}

  static List<@Nullable Object> of(HeaderIndex header) {
    var from = addresses(header, "from");
    return Arrays.asList(
        header.last("date").orElse(null),
        binary(title(header)),
        from,
        orElse(addresses(header, "sender"), from),
        orElse(addresses(header, "reply-to"), from),
        addresses(header, "to"),
        addresses(header, "cc"),
        addresses(header, "bcc"),
        header.last("in-reply-to").orElse(null),
        header.last("message-id").orElse(null));
  }

  /// What the message is about, in one line, for lists and threads.
  static String subject(HeaderIndex header) {
    return oneLine(title(header));
  }

  /// The same as it was written.
  private static String title(HeaderIndex header) {
    return EncodedWords.decode(header.last("subject").orElse("")).strip();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  static Binary binary(String text) {
    return Fields.binary(Octets.utf8(text));
  }

  private static @Nullable Object orElse(@Nullable Object value, @Nullable Object otherwise) {
    return value == null ? otherwise : value;
  }

  private static @Nullable Object addresses(HeaderIndex header, String name) {
    var values = header.all().get(name);
    if (values == null) return null;
    var list = new ArrayList<Object>();
    for (var entry : Addresses.parse(String.join(", ", values))) {
      switch (entry) {
        case Addresses.Mailbox mailbox -> list.add(address(mailbox));
        case Addresses.Group(var group, var members) -> {
          list.add(Arrays.asList(null, null, binary(EncodedWords.decode(group)), null));
          members.forEach(member -> list.add(address(member)));
          list.add(Arrays.asList(null, null, null, null));
        }
      }
    }
    return list.isEmpty() ? null : list;
  }

  private static List<@Nullable Object> address(Addresses.Mailbox mailbox) {
    var name = EncodedWords.decode(mailbox.name());
    var written = mailbox.address();
    if (written.isEmpty()) return Arrays.asList(binary(name), null, null, null);
    var at = written.lastIndexOf('@');
    var local = at < 0 ? written : written.substring(0, at);
    var domain = at < 0 ? "" : IDN.toUnicode(written.substring(at + 1));
    return Arrays.asList(name.isEmpty() ? null : binary(name), null, binary(local), binary(domain));
  }
}
