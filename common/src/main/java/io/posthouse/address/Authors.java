package io.posthouse.address;

import java.util.ArrayList;
import java.util.List;

/// The addresses in a `From` field (RFC 5322 §3.6.2). Lenient: what is no address is passed over.
public final class Authors {
  private static final int MOST = 20;

  private final List<MailAddress> found = new ArrayList<>();
  private final StringBuilder bare = new StringBuilder();
  private final StringBuilder inBrackets = new StringBuilder();
  private int comments;
  private boolean quoted;
  private boolean bracketed;

  private Authors() {}

  /// Those in the value of a field; at most twenty.
  public static List<MailAddress> in(String field) {
    var authors = new Authors();
    for (int i = 0; i < field.length() && authors.found.size() < MOST; i++) {
      if (field.charAt(i) == '\\' && i + 1 < field.length()) i++;
      else authors.take(field.charAt(i));
    }
    authors.end();
    return List.copyOf(authors.found);
  }

  private void take(char c) {
    if (quoted || c == '"') inQuotes(c);
    else if (comments > 0 || c == '(') inComment(c);
    else
      switch (c) {
        case '<' -> bracketed = true;
        case '>' -> bracketed = false;
        // The end of one, or of the name or the members of a group.
        case ',', ':', ';' -> end();
        default -> keep(c);
      }
  }

  /// A quoted local part is kept, and so is a quoted name, which is no address.
  private void inQuotes(char c) {
    if (c == '"') quoted = !quoted;
    keep(c);
  }

  private void inComment(char c) {
    if (c == '(') comments++;
    if (c == ')') comments--;
  }

  private void keep(char c) {
    (bracketed ? inBrackets : bare).append(c);
  }

  private void end() {
    var text = (inBrackets.isEmpty() ? bare : inBrackets).toString().strip();
    MailAddress.parse(text).ifPresent(found::add);
    bare.setLength(0);
    inBrackets.setLength(0);
    bracketed = false;
  }
}
