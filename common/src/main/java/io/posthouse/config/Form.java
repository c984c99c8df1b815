package io.posthouse.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How the text of one value is read, and how its value is written again.
///
/// @param expected what it must be, as it follows "expected:" in a problem
/// @param parse throws `IllegalArgumentException` for a text that is not what is expected
/// @param print what operators are shown
/// @param words all there is to choose from; empty when it cannot be listed
public record Form<T>(
    String expected, Function<String, T> parse, Function<T, String> print, List<String> words) {

  public Form {
    words = List.copyOf(words);
  }

  public static <T> Form<T> of(String expected, Function<String, T> parse) {
    return new Form<>(expected, parse, Object::toString, List.of());
  }

  /// Any text but the empty one.
  public static Form<String> text() {
    return of("a text", text -> require(text, !text.isBlank()));
  }

  /// A text that matches a regular expression.
  public static Form<String> matching(String regex, String expected) {
    return of(expected, text -> require(text, text.matches(regex)));
  }

  /// A text nobody is shown.
  public static Form<Secret> secret() {
    return of("a secret, best as ${file:PATH} or ${env:NAME}", Secret::of);
  }

  public static Form<Boolean> bool() {
    var words = List.of("true", "false");
    return new Form<>(
        "true or false", t -> require(t, words.contains(t)).equals("true"), String::valueOf, words);
  }

  public static Form<Integer> integer(int min, int max) {
    return of(min + ".." + max, text -> within(Integer.valueOf(text), min, max));
  }

  public static Form<Duration> duration(Duration min, Duration max) {
    return new Form<>(
        "a duration from " + Durations.print(min) + " to " + Durations.print(max),
        text -> within(Durations.parse(text), min, max),
        Durations::print,
        List.of());
  }

  public static Form<ByteSize> size(ByteSize min, ByteSize max) {
    return of("a size from " + min + " to " + max, text -> within(ByteSize.parse(text), min, max));
  }

  /// One of the constants, written in lower case.
  public static <E extends Enum<E>> Form<E> choice(Class<E> type) {
    var words = EnumSet.allOf(type).stream().map(Form::word).toList();
    return new Form<>(
        "one of " + String.join(", ", words),
        text -> Enum.valueOf(type, require(text, words.contains(text)).toUpperCase(Locale.ROOT)),
        Form::word,
        words);
  }

  /// A host and a port that must be written.
  public static Form<HostPort> hostPort() {
    return of("HOST:PORT", text -> HostPort.parse(text, -1));
  }

  /// A host whose port may be left out.
  public static Form<HostPort> hostPort(int defaultPort) {
    return of("HOST or HOST:PORT", text -> HostPort.parse(text, defaultPort));
  }

  public static Form<Network> network() {
    return of("a network, such as 192.0.2.0/24 or 2001:db8::/32", Network::parse);
  }

  /// A file or folder; relative to `base` unless it is absolute.
  static Form<Path> path(Path base) {
    return of("a path", text -> base.resolve(require(text, !text.isBlank())));
  }

  String describe(List<T> values) {
    return values.stream().map(print).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String require(String text, boolean holds) {
    if (!holds) throw new IllegalArgumentException("value: " + text);
    return text;
  }

  private static <C extends Comparable<C>> C within(C value, C min, C max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0)
      throw new IllegalArgumentException("value: " + value);
    return value;
  }
}
