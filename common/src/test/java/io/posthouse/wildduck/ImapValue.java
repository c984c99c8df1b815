package io.posthouse.wildduck;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/// What IMAP answers with (RFC 9051 §4): text, NIL, or a list of them. Printed as IMAP writes it,
/// every text in quotes.
public sealed interface ImapValue {
  /// An atom, a quoted string or a literal; octets are characters of the same number.
  record Text(String octets) implements ImapValue {
    @Override
    public String toString() {
      return '"' + octets.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }

  record Nil() implements ImapValue {
    @Override
    public String toString() {
      return "NIL";
    }
  }

  record Group(List<ImapValue> values) implements ImapValue {
    public Group {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.stream().map(Object::toString).collect(joining(" ", "(", ")"));
    }
  }

  /// The octets of a text.
  default String text() {
    return switch (this) {
      case Text(var octets) -> octets;
      case Nil _, Group _ -> throw new AssertionError(this + " (expected: text)");
    };
  }

  /// The members of a list.
  default List<ImapValue> list() {
    return switch (this) {
      case Group(var values) -> values;
      case Nil _, Text _ -> throw new AssertionError(this + " (expected: a list)");
    };
  }

  /// Reads the values of one answer, with literals inside.
  final class Reader {
    private final Wire wire;
    private String line;
    private int at;

    Reader(Wire wire) {
      this.wire = wire;
      this.line = wire.line();
    }

    /// All values up to the end of the answer.
    List<ImapValue> all() {
      var values = new ArrayList<ImapValue>();
      for (skipBlanks(); at < line.length(); skipBlanks()) values.add(value());
      return values;
    }

    /// The next word, which a blank ends; the rest of the line stays unread.
    String word() {
      skipBlanks();
      var start = at;
      while (at < line.length() && line.charAt(at) != ' ') at++;
      return line.substring(start, at);
    }

    /// What is unread, as it came.
    String rest() {
      skipBlanks();
      return line.substring(at);
    }

    private ImapValue value() {
      return switch (line.charAt(at)) {
        case '(' -> group();
        case '"' -> quoted();
        case '{' -> literal();
        default -> atom();
      };
    }

    private ImapValue group() {
      at++;
      var values = new ArrayList<ImapValue>();
      for (skipBlanks(); line.charAt(at) != ')'; skipBlanks()) values.add(value());
      at++;
      return new Group(values);
    }

    private ImapValue quoted() {
      var text = new StringBuilder();
      for (at++; line.charAt(at) != '"'; at++) {
        if (line.charAt(at) == '\\') at++;
        text.append(line.charAt(at));
      }
      at++;
      return new Text(text.toString());
    }

    private ImapValue literal() {
      var octets = wire.octets(Integer.parseInt(line.substring(at + 1, line.indexOf('}', at))));
      line = wire.line();
      at = 0;
      return new Text(octets);
    }

    /// Brackets, as in `BODY[HEADER.FIELDS (TO)]`, may hold blanks and lists.
    private ImapValue atom() {
      var start = at;
      var depth = 0;
      for (; at < line.length() && (depth > 0 || " ()".indexOf(line.charAt(at)) < 0); at++) {
        if (line.charAt(at) == '[') depth++;
        if (line.charAt(at) == ']') depth--;
      }
      var text = line.substring(start, at);
      return text.equals("NIL") ? new Nil() : new Text(text);
    }

    private void skipBlanks() {
      while (at < line.length() && line.charAt(at) == ' ') at++;
    }
  }
}
