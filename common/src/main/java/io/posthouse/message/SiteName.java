package io.posthouse.message;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a site is called wherever operators meet it: `mx1.example.net:25,mx2.example.net:25`, the
/// domain itself where no host is known, and ` for ` whom it is counted apart, if it is.
///
/// @param text at most [#LONGEST] characters
public record SiteName(String text) {
  /// Of a name, in characters.
  public static final int LONGEST = 600;

  /// Between two hosts.
  public static final String BETWEEN = ",";

  /// Before those who are counted apart from their neighbours.
  public static final String APART = " for ";

  private static final String MORE = "(";
  private static final int ROOM_FOR_REST = 30;
  private static final int DIGEST_BITS = 32;
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  public SiteName {
    if (text.isBlank() || text.length() > LONGEST)
      throw new IllegalArgumentException(
          "site: " + text + " (expected: 1 to " + LONGEST + " characters)");
  }

  /// The name of a site that is called so in full: of very many hosts the first, how many there are
  /// beside, and a digest of all, so that no two sites have one name.
  public static SiteName of(String full) {
    return full.length() <= LONGEST ? new SiteName(full) : new SiteName(shortened(full));
  }

  /// The hosts it names, without their ports; a domain where there are none.
  public List<String> hosts() {
    var apart = text.indexOf(APART);
    return parts(apart < 0 ? text : text.substring(0, apart))
        .filter(host -> !host.startsWith(MORE))
        .map(host -> PORT.matcher(host).replaceFirst(""))
        .toList();
  }

  @Override
  public String toString() {
    return text;
  }

  private static String shortened(String full) {
    int end = full.lastIndexOf(BETWEEN, LONGEST - ROOM_FOR_REST);
    var kept = full.substring(0, Math.max(end, 0));
    var rest = parts(full.substring(kept.length())).filter(part -> !part.isEmpty()).count();
    var digest = "%s%d more: %08x)".formatted(MORE, rest, Digests.leadingBits(full, DIGEST_BITS));
    return kept.isEmpty() ? digest : kept + BETWEEN + digest;
  }

  private static Stream<String> parts(String text) {
    return Arrays.stream(text.split(BETWEEN));
  }
}
