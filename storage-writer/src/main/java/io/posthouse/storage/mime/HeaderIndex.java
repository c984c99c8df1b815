package io.posthouse.storage.mime;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Header fields by name, in lower case; values unfolded, not decoded.
///
/// Only names of letters, digits, `-` and `*` below a hundred characters are kept, so that any of
/// them may name a field of a document.
public final class HeaderIndex {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9*-]{1,99}");

  private final List<Field> fields;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final StructuredValue contentType;
  private final Optional<StructuredValue> contentDisposition;

  /// One field; its name in lower case.
  public record Field(String name, String value) {}

  private HeaderIndex(List<Field> fields) {
    this.fields = fields;
    for (var field : fields)
      values.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(field.value());
    this.contentType = StructuredValue.parse(last("content-type").orElse("text/plain"));
    this.contentDisposition = last("content-disposition").map(StructuredValue::parse);
  }

  static HeaderIndex of(Message message, List<Slice> fields) {
    var found = new ArrayList<Field>();
    for (var field : fields) {
      var text = message.utf8(field);
      var colon = text.indexOf(':');
      if (colon < 1) continue;
      var name = text.substring(0, colon).strip();
      if (NAME.matcher(name).matches())
        found.add(new Field(name.toLowerCase(Locale.ROOT), unfolded(text.substring(colon + 1))));
    }
    return new HeaderIndex(List.copyOf(found));
  }

  /// Field by field, in the order of the header.
  public List<Field> fields() {
    return fields;
  }

  /// Every name with its values, in the order in which the names come first.
  public Map<String, List<String>> all() {
    return Collections.unmodifiableMap(values);
  }

  /// The last value of that name, which is the one that counts.
  public Optional<String> last(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getLast).filter(v -> !v.isEmpty());
  }

  public StructuredValue contentType() {
    return contentType;
  }

  public Optional<StructuredValue> contentDisposition() {
    return contentDisposition;
  }

  /// Line breaks with the blanks around them become one space (RFC 5322 §2.2.3).
  private static String unfolded(String text) {
    if (text.indexOf('\n') < 0) return text.strip();
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(joining(" "));
  }
}
