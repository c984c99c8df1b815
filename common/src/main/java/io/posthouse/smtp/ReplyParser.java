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

  /// A reply goes into events, histories and DSNs, so what a host can put there is bounded. More of
  /// its text is read and forgotten.
  static final int LONGEST_TEXT = 4096;

  private static final Pattern LINE =
      Pattern.compile("([2-5]\\d\\d)(?:([ -])(.*))?", Pattern.DOTALL);
  private static final Pattern STATUS = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: +(.*))?");

  private final List<String> texts = new ArrayList<>();
  private int lines;
  private int length;

  /// Takes the next line, without its line end; answers the reply that it completes.
  ///
  /// @throws NotAReply if this is not how an SMTP server talks
  public Optional<Reply> line(String line) throws NotAReply {
    if (lines++ == MOST_LINES) throw new NotAReply("more than " + MOST_LINES + " lines");
    var shape = LINE.matcher(line);
    if (!shape.matches()) return unnumbered(line);
    keep(shape.group(3) == null ? "" : shape.group(3));
    if ("-".equals(shape.group(2))) return Optional.empty();
    return Optional.of(finish(Integer.parseInt(shape.group(1))));
  }

  private Optional<Reply> unnumbered(String line) throws NotAReply {
    if (texts.isEmpty()) throw new NotAReply(printable(line));
    keep(line);
    return Optional.empty();
  }

  private void keep(String text) {
    if (length == LONGEST_TEXT) return;
    var kept = text.substring(0, Math.min(text.length(), LONGEST_TEXT - length));
    texts.add(printable(kept));
    length += kept.length();
  }

  private Reply finish(int code) {
    var all = List.copyOf(texts);
    texts.clear();
    lines = 0;
    length = 0;
    var status = status(all.getFirst(), code);
    if (status.isEmpty()) return new Reply(code, status, all);
    return new Reply(code, status, all.stream().map(ReplyParser::withoutStatus).toList());
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
