package io.posthouse.storage.wildduck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/// One place in which two documents differ.
///
/// @param path names of fields from the outermost to the innermost, those of parts within parts as
///   one `part`; places in lists are not named
/// @param its what WildDuck wrote; null where it wrote nothing
/// @param ours what we wrote; null where we wrote nothing
record Difference(String path, @Nullable Object its, @Nullable Object ours) {
  private static final int LONGEST = 300;

  static List<Difference> between(String name, Document its, Document ours) {
    var found = new ArrayList<Difference>();
    compare(name, its, ours, found);
    return found;
  }

  private static void compare(
      String path, @Nullable Object its, @Nullable Object ours, List<Difference> found) {
    if (its instanceof Document some && ours instanceof Document others) {
      var names = new TreeSet<>(some.keySet());
      names.addAll(others.keySet());
      for (var name : names) compare(path + "." + name, some.get(name), others.get(name), found);
    } else if (its instanceof List<?> some
        && ours instanceof List<?> others
        && some.size() == others.size()) {
      for (int i = 0; i < some.size(); i++) compare(path, some.get(i), others.get(i), found);
    } else if (!isSame(its, ours)) {
      found.add(new Difference(path.replaceAll("(\\.(childNodes|message))+", ".part"), its, ours));
    }
  }

  /// Numbers are the same in whichever width they are written.
  private static boolean isSame(@Nullable Object its, @Nullable Object ours) {
    if (its instanceof Number number && ours instanceof Number other)
      return number.doubleValue() == other.doubleValue();
    return Objects.equals(its, ours);
  }

  @Override
  public String toString() {
    return path + ": " + shortened(text(its)) + " | " + shortened(text(ours));
  }

  private static String shortened(String text) {
    var line = text.replace("\n", "\\n").replace("\r", "\\r");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /// As a person reads it.
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case Binary binary -> new String(binary.getData(), StandardCharsets.UTF_8);
      case List<?> list -> list.stream().map(Difference::text).toList().toString();
      default -> value.toString();
    };
  }
}
