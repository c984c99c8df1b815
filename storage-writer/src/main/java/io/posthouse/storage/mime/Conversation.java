package io.posthouse.storage.mime;

import io.posthouse.message.Digests;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What tells messages of one conversation: the references they share (RFC 5322 §3.6.4) and what
/// they are about.
///
/// @param subject without what replies and mailing lists put around it
/// @param references the message itself and those it refers to, at most ten, as WildDuck keeps
///   them: base 64 of their SHA-1
/// @param root the message that began it, as far as this one knows: the same for all who refer to
///   it; empty where nothing is referred to and the message itself has no name
/// @param isReply whether it refers to others
public record Conversation(
    String subject, List<String> references, Optional<String> root, boolean isReply) {
  private static final int MOST_REFERENCES = 10;
  private static final int LONGEST_THREAD_INDEX = 22;

  // Possessive, for what is repeated so is matched in a loop: the other kind calls itself each
  // time.
  private static final Pattern BEFORE =
      Pattern.compile(
          "\\s*(?:(?:re|fwd?)\\s*:|(?:\\[[^\\]]*+\\])++\\s)\\s*", Pattern.CASE_INSENSITIVE);

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String AFTER = "(fwd)";

  public Conversation {
    references = List.copyOf(references);
  }

  /// What a message says of its conversation.
  ///
  /// @param subject decoded, in one line
  public static Conversation of(HeaderIndex header, String subject) {
    var self = ids(header, "message-id");
    var answered = ids(header, "in-reply-to");
    var index = ids(header, "thread-index").stream().map(Conversation::shortened).toList();
    var earlier = ids(header, "references");
    var root = first(earlier, answered, self, index);
    return new Conversation(
        bare(subject),
        // In WildDuck's order, because of a long list the first are kept.
        Stream.of(self, answered, index, earlier)
            .flatMap(List::stream)
            .map(Conversation::hashed)
            .distinct()
            .limit(MOST_REFERENCES)
            .toList(),
        root.map(Conversation::hashed),
        Stream.of(answered, index, earlier).anyMatch(ids -> !ids.isEmpty()));
  }

  private static Optional<String> first(
      List<String> earlier, List<String> answered, List<String> self, List<String> index) {
    return Stream.of(earlier, answered, self, index).flatMap(List::stream).findFirst();
  }

  /// `[list] Re: Fwd: lunch (fwd)` is about `lunch`.
  static String bare(String subject) {
    var matcher = BEFORE.matcher(subject);
    var start = 0;
    // Places, not shorter texts: a subject of a thousand Re: is not copied a thousand times.
    while (matcher.region(start, subject.length()).lookingAt()) start = matcher.end();
    var end = blanksBefore(subject, subject.length());
    while (end - AFTER.length() >= start
        && subject.regionMatches(true, end - AFTER.length(), AFTER, 0, AFTER.length()))
      end = blanksBefore(subject, end - AFTER.length());
    return end <= start ? "" : subject.substring(start, end);
  }

  private static int blanksBefore(String text, int end) {
    var start = end;
    while (start > 0 && Character.isWhitespace(text.charAt(start - 1))) start--;
    return start;
  }

  /// The words of a field, without their brackets.
  private static List<String> ids(HeaderIndex header, String field) {
    return BLANKS
        .splitAsStream(header.last(field).orElse(""))
        .map(word -> word.replace("<", "").replace(">", ""))
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(MOST_REFERENCES)
        .toList();
  }

  private static String shortened(String threadIndex) {
    return threadIndex.substring(0, Math.min(LONGEST_THREAD_INDEX, threadIndex.length()));
  }

  private static String hashed(String reference) {
    return Base64.getEncoder().withoutPadding().encodeToString(Digests.sha1(reference));
  }
}
