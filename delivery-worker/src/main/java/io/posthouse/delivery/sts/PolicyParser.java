package io.posthouse.delivery.sts;

import io.posthouse.delivery.sts.StsPolicy.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the lines of a policy (RFC 8461 §3.2); empty ones, too, though the grammar has none: many
/// policies end with them.
final class PolicyParser {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
  private static final Pattern AGE = Pattern.compile("\\d{1,10}");

  private final Map<String, String> values = new HashMap<>();
  private final List<MxPattern> hosts = new ArrayList<>();

  PolicyParser(String text) {
    text.lines().filter(line -> !line.isBlank()).forEach(this::line);
  }

  StsPolicy policy() {
    if (!values.getOrDefault("version", "").equals("STSv1")) throw wrong("version", "STSv1");
    return new StsPolicy(mode(), hosts, maxAge());
  }

  /// Of a key that is written twice the first counts.
  private void line(String line) {
    var colon = line.indexOf(':');
    var key = colon < 0 ? line : line.substring(0, colon);
    var value = colon < 0 ? "" : line.substring(colon + 1).strip();
    if (!KEY.matcher(key).matches() || value.isEmpty())
      throw new IllegalArgumentException("line: " + line + " (expected: key: value)");
    if (key.equals("mx")) hosts.add(MxPattern.parse(value));
    else values.putIfAbsent(key, value);
  }

  private Mode mode() {
    return switch (values.getOrDefault("mode", "")) {
      case "enforce" -> Mode.ENFORCE;
      case "testing" -> Mode.TESTING;
      case "none" -> Mode.NONE;
      default -> throw wrong("mode", "enforce, testing, none");
    };
  }

  private Duration maxAge() {
    var text = values.getOrDefault("max_age", "");
    if (!AGE.matcher(text).matches()) throw wrong("max_age", "seconds");
    var age = Duration.ofSeconds(Long.parseLong(text));
    return age.compareTo(StsPolicy.LONGEST) > 0 ? StsPolicy.LONGEST : age;
  }

  private IllegalArgumentException wrong(String key, String expected) {
    return new IllegalArgumentException(
        key + ": " + values.getOrDefault(key, "missing") + " (expected: " + expected + ")");
  }
}
