package io.posthouse.ops.queue;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What hosts said, counted, with what differs from message to message left out.
final class Reasons {
  static final String OTHERS = "(others)";
  private static final int MOST = 10_000;
  private static final int LONGEST = 160;

  private static final int SHORTEST_ID = 6;
  private static final String AROUND = "()<>[]{},;:.'\"";
  private static final Pattern STATUS = Pattern.compile("\\d\\.\\d{1,3}\\.\\d{1,3}");

  private final Map<String, Long> counts = new HashMap<>();

  /// One reason and how many messages have heard it.
  record Counted(String reason, long messages) {}

  void add(String said) {
    var reason = common(said);
    var kept = counts.size() < MOST || counts.containsKey(reason) ? reason : OTHERS;
    counts.merge(kept, 1L, Long::sum);
  }

  /// The most frequent first.
  List<Counted> top(int most) {
    return counts.entrySet().stream()
        .map(entry -> new Counted(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(Counted::messages).reversed().thenComparing(Counted::reason))
        .limit(most)
        .toList();
  }

  /// `452 4.2.2 <bob@example.net> over quota (k7q2m4xa)` and its like as one.
  static String common(String said) {
    var cut = said.substring(0, Math.min(said.length(), LONGEST)).strip();
    return Arrays.stream(cut.split(" +")).map(Reasons::commonWord).collect(joining(" "));
  }

  /// `*` for an address, and for a word with a digit that is as long as an id, a time or a host;
  /// what stands around it stays.
  private static String commonWord(String word) {
    if (word.indexOf('@') >= 0) return "*";
    int from = 0;
    int to = word.length();
    while (from < to && AROUND.indexOf(word.charAt(from)) >= 0) from++;
    while (from < to && AROUND.indexOf(word.charAt(to - 1)) >= 0) to--;
    var varies = to - from >= SHORTEST_ID && hasDigit(word) && !isStatus(word.substring(from, to));
    return varies ? word.substring(0, from) + "*" + word.substring(to) : word;
  }

  private static boolean hasDigit(String word) {
    return word.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isStatus(String word) {
    return STATUS.matcher(word).matches();
  }
}
