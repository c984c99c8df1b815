package io.posthouse.storage.mime;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Charsets by the names that mail gives them, which are not always those of the registry.
public final class Charsets {
  /// What programs call them, and what their octets are in truth: the charset that has all of the
  /// named one and more (as the Encoding Standard of the web has it).
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("ansi", "windows-1252"),
          Map.entry("ansi_x3.110-1983", "iso-8859-1"),
          Map.entry("cp-850", "ibm850"),
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("gb2312", "gb18030"),
          Map.entry("gbk", "gb18030"),
          Map.entry("iso-8859-8-e", "iso-8859-8"),
          Map.entry("iso-8859-8-i", "iso-8859-8"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("macintosh", "x-macroman"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("utf", "utf-8"),
          Map.entry("utf-16", "x-utf-16le-bom"),
          Map.entry("utf-8-bom", "utf-8"),
          Map.entry("x-gbk", "gb18030"),
          Map.entry("x-sjis", "windows-31j"));

  private Charsets() {}

  /// A charset we can decode, by a name somebody sent: quotes, blanks and what follows a `;` do not
  /// count.
  public static Optional<Charset> named(String name) {
    var plain = plain(name);
    return charset(MEANT.getOrDefault(plain, plain))
        .or(() -> plain.startsWith("cp-") ? charset("cp" + plain.substring(3)) : Optional.empty())
        .or(() -> plain.startsWith("x-") ? charset(plain.substring(2)) : Optional.empty());
  }

  private static String plain(String name) {
    var end = name.indexOf(';');
    var plain = end < 0 ? name : name.substring(0, end);
    return plain.replace("\"", "").replace("'", "").strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
