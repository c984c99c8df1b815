package io.posthouse.storage.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The addresses in a header field (RFC 5322 §3.4), read leniently: for display and search, never
/// for delivery. Names are not decoded.
public final class Addresses {
  private static final int MOST = 10_000;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final String text;
  private final List<Entry> entries = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private String route = "";
  private boolean hasRoute;
  private boolean hasAt;
  private List<Mailbox> members = List.of();
  private String group = "";
  private boolean inGroup;

  private Addresses(String text) {
    this.text = text;
  }

  public sealed interface Entry {}

  /// One address with the name written before or after it; either may be empty.
  public record Mailbox(String name, String address) implements Entry {}

  /// `Friends: a@example.net, b@example.net;`
  public record Group(String name, List<Mailbox> members) implements Entry {
    public Group {
      members = List.copyOf(members);
    }
  }

  public static List<Entry> parse(String text) {
    var addresses = new Addresses(text);
    addresses.read();
    return List.copyOf(addresses.entries);
  }

  private void read() {
    for (int i = 0; i < text.length() && entries.size() < MOST; i++) {
      switch (text.charAt(i)) {
        case '"' -> i = quoted(i);
        case '(' -> i = comment(i);
        case '<' -> i = route(i);
        case ':' -> startGroup();
        case ',' -> endMailbox();
        case ';' -> endGroup();
        default -> keep(text.charAt(i));
      }
    }
    endGroup();
  }

  private int quoted(int start) {
    var i = start + 1;
    for (; i < text.length() && text.charAt(i) != '"'; i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) i++;
      keep(text.charAt(i));
    }
    return i;
  }

  /// Remembers an `@`, so that nobody searches all that is kept at each colon.
  private void keep(char c) {
    words.append(c);
    hasAt |= c == '@';
  }

  private int comment(int start) {
    var depth = 1;
    var i = start + 1;
    for (; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '(') depth++;
      if (c == ')' && --depth == 0) break;
      comment.append(c);
    }
    return i;
  }

  private int route(int start) {
    var end = text.indexOf('>', start);
    route = text.substring(start + 1, end < 0 ? text.length() : end).strip();
    hasRoute = true;
    return end < 0 ? text.length() : end;
  }

  private void startGroup() {
    // Within an address, as in some literals, it starts nothing.
    if (inGroup || hasAt) {
      words.append(':');
      return;
    }
    group = takeWords();
    members = new ArrayList<>();
    inGroup = true;
  }

  private void endGroup() {
    endMailbox();
    if (inGroup) entries.add(new Group(group, members));
    inGroup = false;
  }

  private void endMailbox() {
    var written = takeWords();
    var remark = take(comment);
    if (!hasRoute && written.isEmpty()) return;
    var isAddress = !hasRoute && written.contains("@");
    var mailbox =
        hasRoute
            ? new Mailbox(name(written.isEmpty() ? remark : written), route)
            : isAddress ? new Mailbox(remark, written) : new Mailbox(written, "");
    hasRoute = false;
    if (inGroup) members.add(mailbox);
    else entries.add(mailbox);
  }

  /// An address in the place of a name is none.
  private String name(String written) {
    return written.equals(route) ? "" : written;
  }

  private String takeWords() {
    hasAt = false;
    return take(words);
  }

  private static String take(StringBuilder from) {
    var taken = BLANKS.matcher(from).replaceAll(" ").strip();
    from.setLength(0);
    return taken;
  }
}
