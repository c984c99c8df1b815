package io.posthouse.delivery.sts;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/// The TXT record at `_mta-sts.` that announces a policy (RFC 8461 §3.1).
///
/// @param id differs whenever the policy does
public record StsRecord(String id) {
  private static final String VERSION = "v=STSv1";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");
  private static final String BETWEEN = "[ \\t]*;[ \\t]*";
  // No `=`, no `;`, nothing that is not visible.
  private static final String FIELD = "[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[!-:<>-~]+";
  // Possessive, for no stack holds a call for each field of a record that is as long as DNS allows.
  private static final Pattern RECORD =
      Pattern.compile(
          VERSION
              + "(?:"
              + BETWEEN
              + "(?!id=)"
              + FIELD
              + ")*+"
              + BETWEEN
              + "id=(?<id>[A-Za-z0-9]{1,32})"
              + "(?:"
              + BETWEEN
              + FIELD
              + ")*+(?:"
              + BETWEEN
              + ")?");

  public StsRecord {
    if (!ID.matcher(id).matches())
      throw new IllegalArgumentException("id: " + id + " (expected: 1 to 32 letters and digits)");
  }

  /// The record among the texts of a name; empty where there is none, or more than one.
  public static Optional<StsRecord> among(Collection<String> texts) {
    var records = texts.stream().filter(StsRecord::isOfOurVersion).toList();
    return records.size() == 1 ? parse(records.getFirst()) : Optional.empty();
  }

  /// The record in `text`; empty where the grammar does not allow it.
  public static Optional<StsRecord> parse(String text) {
    var record = RECORD.matcher(text);
    return record.matches() ? Optional.of(new StsRecord(record.group("id"))) : Optional.empty();
  }

  private static boolean isOfOurVersion(String text) {
    return text.startsWith(VERSION)
        && text.substring(VERSION.length()).stripLeading().startsWith(";");
  }
}
