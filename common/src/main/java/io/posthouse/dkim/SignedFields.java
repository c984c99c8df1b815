package io.posthouse.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which fields of a header are signed (RFC 6376 §5.4).
///
/// @param oversigned names whose fields are signed, and their absence too: another one added on the
///   way breaks the signature
/// @param signed names whose fields are signed where there are any; `list-*` is all that begin so
public record SignedFields(List<String> oversigned, List<String> signed) {
  private static final Pattern NAME = Pattern.compile("[!-9;-~]+");
  // RFC 6376 §5.4: what hosts on the way add, or drop.
  private static final List<String> NEVER =
      List.of("return-path", "received", "comments", "keywords", "dkim-signature", "bcc");
  private static final String FROM = "from";

  /// What people see and what programs act upon; not what hosts on the way add or change.
  public static final SignedFields DEFAULT =
      new SignedFields(
          List.of(
              "from",
              "to",
              "cc",
              "subject",
              "date",
              "message-id",
              "reply-to",
              "mime-version",
              "content-type",
              "content-transfer-encoding",
              "in-reply-to",
              "references"),
          List.of("sender", "content-*", "list-*", "resent-*", "autocrypt"));

  public SignedFields {
    oversigned = oversigned.stream().map(SignedFields::checked).distinct().toList();
    signed = signed.stream().map(SignedFields::checked).distinct().toList();
    if (!oversigned.contains(FROM))
      throw new IllegalArgumentException("over-signed fields: no From (RFC 6376 §5.4 wants it)");
    if (oversigned.stream().anyMatch(name -> name.endsWith("*")))
      throw new IllegalArgumentException(
          "over-signed fields: " + oversigned + " (expected: names without an asterisk)");
  }

  /// What `h=` lists, in its order.
  ///
  /// @param names one for each field, and one more for each that is over-signed
  /// @param fields in the order in which they are hashed
  record Selection(List<String> names, List<HeaderField> fields) {}

  /// Whether fields of this name are signed, in lower case.
  boolean includes(String name) {
    return oversigned.contains(name) || isSigned(name);
  }

  /// Chooses from a header. Of several fields of one name the last is taken first (§5.4.2).
  Selection of(List<HeaderField> header) {
    var byName = new HashMap<String, List<HeaderField>>();
    for (var field : header.reversed())
      byName.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(field);
    var names = new ArrayList<String>();
    var fields = new ArrayList<HeaderField>();
    for (var name : oversigned) {
      take(name, byName, names, fields);
      names.add(name);
    }
    others(header).forEach(name -> take(name, byName, names, fields));
    return new Selection(names, fields);
  }

  private static void take(
      String name,
      Map<String, List<HeaderField>> byName,
      List<String> names,
      List<HeaderField> fields) {
    for (var field : byName.getOrDefault(name, List.of())) {
      names.add(name);
      fields.add(field);
    }
  }

  private Stream<String> others(List<HeaderField> header) {
    return header.stream()
        .map(HeaderField::name)
        .filter(name -> !oversigned.contains(name) && isSigned(name))
        .distinct();
  }

  private boolean isSigned(String name) {
    return signed.stream()
        .anyMatch(pattern ->
            pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern));
  }

  private static String checked(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(lower).matches() || lower.equals("*") || NEVER.contains(lower))
      throw new IllegalArgumentException(
          "field: " + name + " (expected: a name whose fields nobody changes on the way)");
    return lower;
  }
}
