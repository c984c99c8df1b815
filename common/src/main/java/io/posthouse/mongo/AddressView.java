package io.posthouse.mongo;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.ListedAddress;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/// Mail addresses and user names as WildDuck writes them, so that one spelling finds the other.
final class AddressView {
  private AddressView() {}

  /// The key of an address (`addrview`): `Bob.By+news@Example.net` is `bobby@example.net`.
  static String of(MailAddress address) {
    return local(address) + "@" + domain(address.domain());
  }

  /// The key of the same local part at another domain.
  static String at(MailAddress address, String domain) {
    return local(address) + "@" + domain;
  }

  /// The address as it is shown: dots and tag kept.
  static String shown(MailAddress address) {
    return folded(address.localPart()) + "@" + domain(address.domain());
  }

  /// The key of an address or a pattern: `Sales.*@Example.net` is `sales*@example.net`.
  static String of(ListedAddress listed) {
    return folded(listed.localPart()).replace(".", "") + "@" + domain(listed);
  }

  /// The same as it is shown.
  static String shown(ListedAddress listed) {
    return folded(listed.localPart()) + "@" + domain(listed);
  }

  /// The key of a user name (`unameview`), which may be an address.
  static String ofUserName(String name) {
    return MailAddress.parse(name.strip())
        .map(AddressView::of)
        .orElseGet(() -> folded(name).replace(".", ""));
  }

  /// A domain in U-labels (RFC 5890), which is how WildDuck keeps it.
  static String domain(Domain domain) {
    return folded(IDN.toUnicode(domain.name(), IDN.ALLOW_UNASSIGNED));
  }

  private static String domain(ListedAddress listed) {
    return listed.domain().map(AddressView::domain).orElse("*");
  }

  /// The local part of the key: without case, tag and dots.
  static String local(MailAddress address) {
    var folded = folded(address.localPart());
    var tag = folded.indexOf('+');
    return (tag < 0 ? folded : folded.substring(0, tag)).replace(".", "");
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).strip();
  }
}
