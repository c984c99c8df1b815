package io.posthouse.storage.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Pictures that came with a page (RFC 2392): `cid:logo@example.net` becomes `attachment:ATT00001`.
final class ContentIds {
  private static final String SCHEME = "cid:";
  // As long as the line of a header that names one (RFC 5322 §2.1.1).
  private static final int LONGEST = 998;

  private ContentIds() {}

  /// @param attachments their ids by Content-ID, without angle brackets
  static String replaced(String html, Map<String, String> attachments) {
    var at = attachments.isEmpty() ? -1 : html.indexOf(SCHEME);
    if (at < 0) return html;
    var replaced = new StringBuilder(html.length());
    var done = 0;
    for (; at >= 0; at = html.indexOf(SCHEME, at + 1)) {
      var end = end(html, at);
      if (end - at > LONGEST) continue;
      var id = attachments.get(decoded(html.substring(at + SCHEME.length(), end)));
      if (id == null) continue;
      replaced.append(html, done, at).append("attachment:").append(id);
      done = end;
    }
    return replaced.append(html, done, html.length()).toString();
  }

  /// No further than an id can be long: a page of nothing else is not read once for each of them.
  private static int end(String html, int start) {
    var last = Math.min(html.length(), start + LONGEST + 1);
    var end = start;
    while (end < last && html.charAt(end) > ' ' && "\"'<>()".indexOf(html.charAt(end)) < 0) end++;
    return end;
  }

  private static String decoded(String id) {
    if (id.indexOf('%') < 0) return id;
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return id;
    }
  }
}
