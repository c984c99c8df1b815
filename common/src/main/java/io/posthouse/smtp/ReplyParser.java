package io.posthouse.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lines of a server into replies (RFC 5321 §4.2.1). Strict in what it answers, lenient in what it
/// takes: a bare `250`, a code that changes between lines (the last one counts), lines without a
/// code inside a reply.
public final class ReplyParser {
  static final int MOST_LINES = 200;

  private static final Pattern LINE =
      Pattern.compile("([2-5]\\d\\d)(?:([ -])(.*))?", Pattern.DOTALL);
  private static final Pattern STATUS = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: +(.*))?");

  private final List<String> texts = new ArrayList<>();

  /// Takes the next line, without its line end; answers the reply that it completes.
  ///
  /// @throws NotAReply if this is not how an SMTP server talks
  public Optional<Reply> line(String line) throws NotAReply {
    if (texts.size() == MOST_LINES) throw new NotAReply("more than " + MOST_LINES + " lines");
    var shape = LINE.matcher(line);
    if (!shape.matches()) return unnumbered(line);
    texts.add(shape.group(3) == null ? "" : printable(shape.group(3)));
    if ("-".equals(shape.group(2))) return Optional.empty();
    return Optional.of(finish(Integer.parseInt(shape.group(1))));
  }

  private Optional<Reply> unnumbered(String line) throws NotAReply {
    if (texts.isEmpty()) throw new NotAReply(printable(line));
    texts.add(printable(line));
    return Optional.empty();
  }

  private Reply finish(int code) {
    var lines = List.copyOf(texts);
    texts.clear();
    var status = status(lines.getFirst(), code);
    if (status.isEmpty()) return new Reply(code, status, lines);
    return new Reply(code, status, lines.stream().map(ReplyParser::withoutStatus).toList());
  }

  /// A status of another class than the code's contradicts itself, and is mere text (RFC 2034 §4).
  private static Optional<EnhancedStatus> status(String line, int code) {
    var shape = STATUS.matcher(line);
    if (!shape.matches()) return Optional.empty();
    return EnhancedStatus.parse(shape.group(1)).filter(s -> s.category() == code / 100);
  }

  private static String withoutStatus(String line) {
    var shape = STATUS.matcher(line);
    if (!shape.matches()) return line;
    return shape.group(2) == null ? "" : shape.group(2);
  }

  /// What goes on into logs and DSNs holds no control characters.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /// What came is no reply, so what follows cannot be trusted either.
  public static final class NotAReply extends Exception {
    private static final long serialVersionUID = 1;

    NotAReply(String what) {
      super(what.length() > 200 ? what.substring(0, 200) : what);
    }
  }
}
