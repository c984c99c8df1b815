package io.posthouse.mongo;

import io.posthouse.address.MailAddress;
import io.posthouse.mongo.DirectoryLookup.DomainKind;
import java.util.ArrayList;
import java.util.List;

/// The keys (`addrview`) under which an address may be found, in the order in which WildDuck would
/// take them.
final class Candidates {
  /// Of the characters of a local part, so many may stand beside a `*`.
  private static final int LONGEST_PART = 32;

  private Candidates() {}

  /// In a domain that is not ours, only what is written for the very domain: `info@*` makes no
  /// domain of the world ours. None for a local part with a `*`, which stands for many and is none.
  static List<String> of(MailAddress address, DomainKind kind, Constants constants) {
    var unlisted = kind instanceof DomainKind.Foreign && constants.listedDomainsOnly();
    if (unlisted || address.localPart().contains("*")) return List.of();
    var local = AddressView.local(address);
    var domain = AddressView.domain(address.domain());
    var keys = new ArrayList<String>();
    keys.add(local + "@" + domain);
    switch (kind) {
      case DomainKind.AliasOf(var target) -> {
        keys.add(local + "@" + target);
        keys.addAll(wildcards(local, domain));
        // As WildDuck has it: at the domain behind an alias the shortest wins.
        keys.addAll(wildcards(local, target).reversed());
        keys.add(local + "@*");
      }
      case DomainKind.Ours() -> {
        keys.addAll(wildcards(local, domain));
        keys.add(local + "@*");
      }
      case DomainKind.Foreign() -> keys.addAll(wildcards(local, domain));
    }
    return keys;
  }

  /// The longest first, `*@domain` last.
  private static List<String> wildcards(String local, String domain) {
    var keys = new ArrayList<String>();
    for (int length = Math.min(LONGEST_PART, local.length()); length > 0; length--) {
      var end = local.length() - length;
      if (isWhole(local, length)) keys.add(local.substring(0, length) + "*@" + domain);
      if (isWhole(local, end)) keys.add("*" + local.substring(end) + "@" + domain);
    }
    keys.add("*@" + domain);
    return keys;
  }

  /// Whether the text can be cut there: half a character is in nobody's address.
  private static boolean isWhole(String text, int at) {
    return at == 0
        || at == text.length()
        || !Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }
}
