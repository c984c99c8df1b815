package io.posthouse.storage.text;

import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The text parts of one message, read in their order until there is enough.
final class Reading {
  /// UTF-16 units, as are the others.
  private static final int MOST_TEXT = 100 * 1024;

  private static final int MOST_HTML = 640 * 1024;

  /// What the preview looks at.
  private static final int MOST_PREVIEW = 2048;

  /// Octets decoded of one part: pages hold pictures, and the words come behind.
  private static final int MOST_DECODED = 2 << 20;

  private final Message message;
  private final Map<String, String> attachments;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder preview = new StringBuilder();
  private final List<String> html = new ArrayList<>();
  private int htmlLeft = MOST_HTML;

  Reading(Message message, Map<String, String> attachments) {
    this.message = message;
    this.attachments = attachments;
  }

  void read(MimePart root) {
    read(root, true);
  }

  /// Without blanks around it.
  String text() {
    if (isBlank(text)) html.forEach(page -> add(text, HtmlText.of(page, MOST_TEXT), MOST_TEXT));
    return text.toString().strip();
  }

  List<String> html() {
    return html;
  }

  /// Of pages if there are any: what stands in for them is often only an excuse.
  String preview() {
    return isBlank(preview) ? text() : preview.toString();
  }

  /// @param alone whether what it says is said in no other form
  private void read(MimePart part, boolean alone) {
    switch (part) {
      case MimePart.Leaf leaf when leaf.isText() -> {
        if (isHtml(leaf)) readHtml(leaf, alone);
        else readPlain(leaf, alone);
      }
      case MimePart.Leaf leaf -> leaf.message().ifPresent(message -> read(message, true));
      case MimePart.Multipart multipart -> {
        var both = isAlternative(multipart) && has(multipart, true) && has(multipart, false);
        multipart.children().forEach(child -> read(child, alone && !both));
      }
    }
  }

  private void readPlain(MimePart.Leaf leaf, boolean alone) {
    var plain = plain(leaf).strip();
    if (plain.isEmpty()) return;
    add(text, plain, MOST_TEXT);
    if (!alone) return;
    add(preview, plain, MOST_PREVIEW);
    addHtml(TextHtml.of(Cut.after(plain, htmlLeft)));
  }

  private void readHtml(MimePart.Leaf leaf, boolean alone) {
    var page = decoded(leaf);
    if (page.isBlank()) return;
    addHtml(ContentIds.replaced(page, attachments));
    var wanted = alone ? MOST_TEXT - text.length() : MOST_PREVIEW - preview.length();
    var words = HtmlText.of(page, wanted);
    add(preview, words, MOST_PREVIEW);
    if (alone) add(text, words, MOST_TEXT);
  }

  private void addHtml(String page) {
    if (htmlLeft <= 0) return;
    var cut = Cut.after(page, htmlLeft);
    html.add(cut);
    htmlLeft -= cut.length();
  }

  private static void add(StringBuilder to, String text, int most) {
    if (!to.isEmpty()) to.append('\n');
    to.append(Cut.after(text, most - to.length()));
  }

  private String plain(MimePart.Leaf leaf) {
    var plain = decoded(leaf);
    var type = leaf.header().contentType();
    var flowed = type.parameter("format").orElse("").equalsIgnoreCase("flowed");
    if (!flowed || !type.value().equals("text/plain")) return plain;
    return Flowed.unwrapped(plain, type.parameter("delsp").orElse("").equalsIgnoreCase("yes"));
  }

  /// With `\n` at its line ends, and without NUL, which not every database takes.
  private String decoded(MimePart.Leaf leaf) {
    var octets =
        TransferDecoding.decode(message.octets(leaf.body()), leaf.transferEncoding(), MOST_DECODED);
    var charset = leaf.header().contentType().parameter("charset").orElse("");
    return Decoding.text(octets, charset).replace("\r\n", "\n").replace("\0", "");
  }

  private static boolean isAlternative(MimePart.Multipart part) {
    return part.header().contentType().subtype().equals("alternative");
  }

  private static boolean has(MimePart part, boolean html) {
    return switch (part) {
      case MimePart.Leaf leaf -> leaf.isText() && isHtml(leaf) == html && leaf.body().length() > 0;
      case MimePart.Multipart multipart ->
          multipart.children().stream().anyMatch(child -> has(child, html));
    };
  }

  private static boolean isHtml(MimePart.Leaf leaf) {
    return leaf.header().contentType().value().equals("text/html");
  }

  private static boolean isBlank(StringBuilder text) {
    return text.chars().allMatch(Character::isWhitespace);
  }
}
