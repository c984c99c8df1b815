package io.posthouse.message;

import io.posthouse.address.MailAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom the sender named in the first place: an ORCPT, decoded (RFC 3461 §4.2, RFC 6533 §3).
///
/// @param addressType `rfc822`, `utf-8`, or one we do not know
/// @param address without any encoding
public record OriginalRecipient(String addressType, String address) {
  private static final String UTF8 = "utf-8";
  private static final Pattern POINT = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})}");

  public OriginalRecipient {
    addressType = addressType.toLowerCase(Locale.ROOT);
  }

  /// The one that an ORCPT names, as it stood in the command.
  public static OriginalRecipient parse(String orcpt) {
    var semicolon = orcpt.indexOf(';');
    var type = semicolon < 0 ? "rfc822" : orcpt.substring(0, semicolon);
    var address = orcpt.substring(semicolon + 1);
    return new OriginalRecipient(
        type, type.equalsIgnoreCase(UTF8) ? withoutPoints(address) : Xtext.decode(address));
  }

  /// For a recipient that came without an ORCPT (RFC 3461 §5.2.1).
  public static OriginalRecipient of(MailAddress address) {
    return new OriginalRecipient(address.isAscii() ? "rfc822" : UTF8, address.toString());
  }

  /// Whether it can be told in ASCII.
  public boolean isAscii() {
    return address.chars().allMatch(c -> c < 128);
  }

  /// As it stands in a command, in ASCII whatever the address.
  public String orcpt() {
    return addressType + ";" + (addressType.equals(UTF8) ? points() : Xtext.encode(address));
  }

  /// `utf-8-addr-xtext`: what must not stand for itself as `\x{FC}`.
  private String points() {
    var encoded = new StringBuilder();
    address
        .codePoints()
        .forEach(point -> {
          if (isPlain(point)) encoded.appendCodePoint(point);
          else encoded.append("\\x{%02X}".formatted(point));
        });
    return encoded.toString();
  }

  private static boolean isPlain(int point) {
    return point > ' ' && point < 127 && point != '+' && point != '=' && point != '\\';
  }

  private static String withoutPoints(String address) {
    return POINT
        .matcher(address)
        .replaceAll(hex -> {
          var point = Integer.parseInt(hex.group(1), 16);
          return Character.isValidCodePoint(point)
              ? Matcher.quoteReplacement(Character.toString(point))
              : "?";
        });
  }
}
