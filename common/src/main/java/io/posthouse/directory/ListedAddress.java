package io.posthouse.directory;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import java.util.Optional;

/// An address as a directory lists it: one address, or a pattern for many.
///
/// A pattern is `*@example.net`, `sales*@example.net`, `*sales@example.net`, or `postmaster@*` for
/// that local part at every domain of ours. An address that is listed has no tag, because a tag is
/// what senders add to it.
///
/// @param domain empty for every domain
public record ListedAddress(String localPart, Optional<Domain> domain) {
  private static final int LONGEST_BESIDE_STAR = 32;
  private static final String EVERY_DOMAIN = "@*";
  private static final String STAR = "*";

  public ListedAddress {
    if (localPart.isEmpty() || localPart.contains("+"))
      throw refused(localPart, "a local part without +, which starts a tag");
    var rest = localPart.replace(STAR, "");
    var isPattern = !rest.equals(localPart);
    if (isPattern && !localPart.equals(STAR + rest) && !localPart.equals(rest + STAR))
      throw refused(localPart, "one * at most, at an end of the local part");
    if (isPattern && rest.length() > LONGEST_BESIDE_STAR)
      throw refused(localPart, LONGEST_BESIDE_STAR + " characters at most beside *");
    if (isPattern && domain.isEmpty()) throw refused(localPart, "one * at most");
  }

  /// The address or the pattern in `text`.
  ///
  /// @throws IllegalArgumentException if it is none
  public static ListedAddress of(String text) {
    if (!text.endsWith(EVERY_DOMAIN)) return of(MailAddress.of(text));
    var somewhere = text.substring(0, text.length() - 1) + "example.net";
    return new ListedAddress(MailAddress.of(somewhere).localPart(), Optional.empty());
  }

  /// One address.
  ///
  /// @throws IllegalArgumentException if it has a tag
  public static ListedAddress of(MailAddress address) {
    return new ListedAddress(address.localPart(), Optional.of(address.domain()));
  }

  /// Whether it stands for many addresses.
  public boolean isPattern() {
    return domain.isEmpty() || localPart.contains(STAR);
  }

  @Override
  public String toString() {
    return domain
        .map(at -> new MailAddress(localPart, at).toString())
        .orElse(localPart + EVERY_DOMAIN);
  }

  private static IllegalArgumentException refused(String localPart, String rule) {
    return new IllegalArgumentException("address: " + localPart + " (expected: " + rule + ")");
  }
}
