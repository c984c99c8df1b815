package io.posthouse.storage.mongo;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bson.types.Binary;

/// What MongoDB takes as one document: 16 MiB, and documents within documents to a depth of a
/// hundred.
final class DocumentLimits {
  /// Some is left for what is added later: the place in the mailbox, and WildDuck's changes.
  private static final long MOST_OCTETS = (16 << 20) - (256 << 10);

  private static final int MOST_LEVELS = 90;

  private final ToIntFunction<String> length;
  private int deepest;

  private DocumentLimits(ToIntFunction<String> length) {
    this.length = length;
  }

  /// What there is too much of; nothing for all but strange messages.
  static Optional<String> excess(Map<String, ?> document) {
    var guess = new DocumentLimits(DocumentLimits::atMost);
    var octets = guess.octets(document, 1);
    if (guess.deepest > MOST_LEVELS) return Optional.of(guess.deepest + " levels of nesting");
    if (octets > MOST_OCTETS)
      octets = new DocumentLimits(DocumentLimits::exactly).octets(document, 1);
    return octets > MOST_OCTETS ? Optional.of(octets + " octets") : Optional.empty();
  }

  /// UTF-8 has at most three octets for each of Java's characters.
  private static int atMost(String text) {
    return 3 * text.length();
  }

  private static int exactly(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private long octets(Object value, int level) {
    deepest = Math.max(deepest, level);
    return switch (value) {
      case Map<?, ?> document -> {
        var sum = 5L;
        for (var field : document.entrySet())
          sum += 2 + length.applyAsInt((String) field.getKey()) + inner(field.getValue(), level);
        yield sum;
      }
      case Iterable<?> list -> {
        var sum = 5L;
        for (var element : list) sum += 9 + inner(element, level);
        yield sum;
      }
      default -> throw new IllegalArgumentException("document: " + value.getClass());
    };
  }

  /// Nothing of a fixed width is wider than sixteen octets.
  private long inner(Object value, int level) {
    return switch (value) {
      case null -> 0;
      case String text -> 5 + length.applyAsInt(text);
      case Binary binary -> 5 + binary.length();
      case Map<?, ?> document -> octets(document, level + 1);
      case Iterable<?> list -> octets(list, level + 1);
      default -> 16;
    };
  }
}
