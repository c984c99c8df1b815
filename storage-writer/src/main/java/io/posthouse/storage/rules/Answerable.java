package io.posthouse.storage.rules;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a message may be answered without its reader (RFC 3834 §2): only if a person wrote it,
/// to this reader.
public final class Answerable {
  private static final Pattern ROBOT =
      Pattern.compile(
          "mailer-daemon|postmaster|(no|do[-_.]?not)[-_.]?reply.*|(owner|bounces?)[-_+=].*"
              + "|.*-(request|owner|bounces?)|listserv|majordomo|srs[01][=+-].*");
  private static final Set<String> IN_BULK = Set.of("bulk", "list", "junk");

  private Answerable() {}

  /// Whom to answer; nobody where that would be wrong.
  ///
  /// @param readers addresses of the reader
  public static Optional<MailAddress> sender(
      ReversePath from, Mail mail, List<MailAddress> readers) {
    return from.sender()
        .filter(sender -> !isRobot(sender))
        .filter(sender -> readers.stream().noneMatch(reader -> isSame(reader, sender)))
        .filter(_ -> !isAutomatic(mail) && isAddressed(mail, readers));
  }

  private static boolean isRobot(MailAddress sender) {
    return ROBOT.matcher(sender.localPart().toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isAutomatic(Mail mail) {
    var header = mail.header();
    return header.all().keySet().stream().anyMatch(name -> name.startsWith("list-"))
        || header.last("precedence").filter(p -> IN_BULK.contains(lower(p))).isPresent()
        || header.last("auto-submitted").filter(a -> !lower(a).startsWith("no")).isPresent()
        || header
            .last("x-auto-response-suppress")
            .filter(s -> !lower(s).equals("none"))
            .isPresent();
  }

  private static boolean isAddressed(Mail mail, List<MailAddress> readers) {
    return mail.addresses("to", "cc", "resent-to", "resent-cc").stream()
        .anyMatch(to -> readers.stream().anyMatch(reader -> isSame(reader, to)));
  }

  /// Dots and tags tell no two of our addresses apart.
  private static boolean isSame(MailAddress one, MailAddress other) {
    return one.domain().equals(other.domain())
        && plain(one.localPart()).equals(plain(other.localPart()));
  }

  private static String plain(String localPart) {
    var tag = localPart.indexOf('+');
    return lower(tag < 0 ? localPart : localPart.substring(0, tag)).replace(".", "");
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
