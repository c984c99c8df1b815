package io.posthouse.storage.text;

import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimePart;
import java.util.List;
import java.util.Map;

/// What a person reads in a message.
///
/// @param text the first characters, which full text search reads
/// @param footer what follows, up to a hundred kilobytes in all
/// @param html page by page, made of the text where there is no other
/// @param intro one line for a list of messages
public record MessageText(String text, String footer, List<String> html, String intro) {
  /// UTF-16 units.
  private static final int SEARCHED = 1024;

  public MessageText {
    html = List.copyOf(html);
  }

  /// Reads the text parts, those of messages within the message included.
  ///
  /// @param attachments ids of attachments by Content-ID, without angle brackets
  public static MessageText of(Message message, MimePart root, Map<String, String> attachments) {
    var reading = new Reading(message, attachments);
    reading.read(root);
    var text = reading.text();
    var searched = Cut.after(text, SEARCHED);
    return new MessageText(
        searched, text.substring(searched.length()), reading.html(), Intro.of(reading.preview()));
  }
}
