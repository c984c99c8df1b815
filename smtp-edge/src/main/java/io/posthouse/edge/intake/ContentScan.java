package io.posthouse.edge.intake;

import io.posthouse.edge.session.Refusal;
import io.posthouse.message.MailParameters.Body;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks at content while it passes, in whatever pieces: at the header, the lines and the MIME
/// parts. Keeps the beginning of one field or line, and the boundaries that are open.
final class ContentScan {
  private static final Refusal LINE =
      Refusal.of("line", 554, "5.6.0", "Message has a line that is too long");
  private static final Refusal HEADER = Refusal.of("header", 552, "5.3.4", "Header too long");
  private static final Refusal FIELDS =
      Refusal.of("header", 554, "5.6.0", "Header has too many fields");
  private static final Refusal PARTS =
      Refusal.of("mime", 554, "5.6.0", "Message has too many MIME parts, or too deep ones");
  private static final Refusal HOPS =
      Refusal.of("hops", 554, "5.4.6", "Too many hops, this message loops");
  private static final Refusal AGAIN =
      Refusal.of("loop", 554, "5.4.6", "Message has been here before, it loops");

  private static final int KEPT = 4096;
  // RFC 2046 §5.1.1 allows 70; a scanner that knew fewer boundaries than a reader would be fooled.
  private static final int LONGEST_BOUNDARY = 200;

  private final ContentLimits limits;
  private final long longestLine;
  private final String hostname;
  private final Set<String> recipients;
  private final MimeTree mime = new MimeTree();
  private final LineStart line = new LineStart(KEPT);
  private final StringBuilder field = new StringBuilder();
  private @Nullable Refusal problem;
  private boolean inHeader = true;
  private boolean inFirstHeader = true;
  private long ofLine;
  private long ofHeader;
  private int fields;
  private int received;
  private int own;
  private boolean hasDate;
  private Optional<String> messageId = Optional.empty();
  private Optional<String> author = Optional.empty();

  /// @param hostname ours, as in our Received fields
  /// @param recipients whose Delivered-To would tell of a loop, in lower case
  ContentScan(ContentLimits limits, Body body, String hostname, Set<String> recipients) {
    this.limits = limits;
    // What is binary has no lines (RFC 3030 §3).
    this.longestLine = body == Body.BINARY_MIME ? Long.MAX_VALUE : limits.line().bytes();
    this.hostname = hostname;
    this.recipients = Set.copyOf(recipients);
  }

  /// The next octets.
  void take(byte[] array, int from, int to) {
    for (int at = from; at < to && problem == null; ) {
      var newline = Newlines.next(array, at, to);
      var next = Math.min(newline + 1, to);
      takePart(array, at, next);
      if (newline < to) lineEnded();
      at = next;
    }
  }

  /// All has come.
  void end() {
    if (ofLine > 0) lineEnded();
    if (inHeader) headerEnded();
  }

  /// What is wrong with what has come so far.
  Optional<Refusal> problem() {
    return Optional.ofNullable(problem);
  }

  /// What the first header says, as far as it has come.
  HeaderScan header() {
    return new HeaderScan(received, hasDate, messageId, author);
  }

  private void takePart(byte[] array, int from, int to) {
    // Only the first piece of a line tells whether it may be a boundary.
    if (inHeader || isPerhapsBoundary(array[from])) line.add(array, from, to);
    ofLine += to - from;
    if (ofLine > longestLine) problem = LINE;
    if (inHeader && (ofHeader += to - from) > limits.header().bytes()) problem = HEADER;
  }

  private boolean isPerhapsBoundary(byte first) {
    return mime.isOpen() && (ofLine == 0 ? first == '-' : !line.isEmpty());
  }

  private void lineEnded() {
    if (inHeader || !line.isEmpty()) look(line.text());
    line.clear();
    ofLine = 0;
  }

  private void look(String text) {
    // A part may lack its body, or even the end of its header.
    if (mime.isOpen() && text.startsWith("--") && mime.isBeginOfPart(text)) {
      headerBegins();
      if (mime.parts() > limits.mimeParts()) problem = PARTS;
    } else if (inHeader) {
      lookAtHeader(text);
    }
  }

  private void lookAtHeader(String text) {
    var isFolded = text.startsWith(" ") || text.startsWith("\t");
    // Without the empty line, what is no field begins the body.
    if (!isFolded && !HeaderField.begins(text)) {
      headerEnded();
      return;
    }
    if (!isFolded) {
      fieldEnded();
      if (++fields > limits.fields()) problem = FIELDS;
    }
    // A long field is cut: what we look for is at its beginning.
    if (field.length() < KEPT) field.append(text);
  }

  private void headerBegins() {
    inHeader = true;
    field.setLength(0);
    ofHeader = 0;
    fields = 0;
  }

  private void headerEnded() {
    fieldEnded();
    inFirstHeader = false;
    inHeader = false;
    if (mime.headerEnded()) headerBegins();
    if (mime.depth() > limits.mimeDepth()) problem = PARTS;
  }

  private void fieldEnded() {
    if (!field.isEmpty()) HeaderField.of(field.toString()).ifPresent(this::look);
    field.setLength(0);
  }

  private void look(HeaderField said) {
    if (said.name().equals("content-type")) {
      mime.contentType(said);
      if (said.boundary().orElse("").length() > LONGEST_BOUNDARY) problem = PARTS;
    }
    if (!inFirstHeader) return;
    switch (said.name()) {
      case "received" -> {
        received++;
        if (said.isBy(hostname)) own++;
      }
      case "delivered-to" -> {
        if (recipients.contains(said.value().toLowerCase(Locale.ROOT))) own++;
      }
      case "date" -> hasDate = true;
      case "from" -> author = author.or(() -> Optional.of(said.value()));
      case "message-id" -> messageId = messageId.or(said::messageId);
      default -> {}
    }
    if (received > limits.hops()) problem = HOPS;
    else if (own > limits.ownHops()) problem = AGAIN;
  }
}
