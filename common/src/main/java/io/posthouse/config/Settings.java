package io.posthouse.config;

import io.posthouse.config.Tree.Mapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One section of the settings, as a record's `read(Settings)` sees it.
///
/// Each call reads one key and answers a value that can be used: the one that was written or, if
/// that is wrong, the default, and then the problem is kept for the end. A key may name a key of a
/// section below: `retry.first`. Keys nobody asks for are problems.
public final class Settings {
  private final Section section;
  private final String doc;

  Settings(Section section) {
    this(section, "");
  }

  private Settings(Section section, String doc) {
    this.section = section;
    this.doc = doc;
  }

  /// The same section; the key read from the answer is documented with these words.
  public Settings about(String words) {
    return new Settings(section, words);
  }

  /// The section below; an empty one if nobody wrote it.
  public Settings section(String key) {
    return new Settings(section.below(key));
  }

  /// A list of sections, each read by `reader`.
  public <T> List<T> sections(String key, Function<Settings, T> reader) {
    sample(key + "[]", reader);
    return section.items(key).stream()
        .flatMap(item -> new Settings(item).readAs(reader).stream())
        .toList();
  }

  /// A section whose keys are names somebody chose, each for a section read by `reader`; in the
  /// order in which they were written.
  public <T> Map<String, T> map(String key, Function<Settings, T> reader) {
    sample(key + ".NAME", reader);
    var values = new LinkedHashMap<String, T>();
    section
        .named(key)
        .forEach(
            (name, item) -> new Settings(item).readAs(reader).ifPresent(v -> values.put(name, v)));
    return values;
  }

  /// A section whose keys are names somebody chose, each with one value.
  public <T> Map<String, T> values(String key, Form<T> form) {
    var values = new LinkedHashMap<String, T>();
    var all = section.below(key);
    for (var name : all.keys()) {
      var written = all.child(name);
      all.parse(written, form)
          .ifPresent(value -> values.put(name, record(written, form, "", value)));
    }
    return values;
  }

  /// These keys are somebody else's to read.
  public void leaveUnread(String... keys) {
    for (var key : keys) section.find(key);
  }

  /// Whether anything stands at a key, right or wrong.
  public boolean isWritten(String key) {
    return section.find(key).tree().isPresent();
  }

  /// Where the value of a key comes from: `FILE:LINE:COLUMN`, `--set` or `default`.
  public String origin(String key) {
    var written = section.find(key);
    return (written.tree().isEmpty() ? Origin.DEFAULT : written.origin()).toString();
  }

  /// Reports what a single key cannot know: a rule between two of them.
  public void problem(String key, String what) {
    var written = section.find(key);
    reading().problem(written.origin(), written.key(), what);
  }

  /// Any value: the one that was written, or the default.
  public <T> T value(String key, Form<T> form, T byDefault) {
    var written = section.find(key);
    var value = section.parse(written, form).orElse(byDefault);
    return record(written, form, form.print().apply(byDefault), value);
  }

  /// Any value; when `parser` throws `IllegalArgumentException`, it is not what is expected.
  public <T> T value(String key, Function<String, T> parser, String expected, T byDefault) {
    return value(key, Form.of(expected, parser), byDefault);
  }

  /// A value that may be left out.
  public <T> Optional<T> optional(String key, Form<T> form) {
    var written = section.find(key);
    var value = section.parse(written, form);
    value.ifPresentOrElse(
        v -> record(written, form, "", v), () -> record(written, form.expected(), "", ""));
    return value;
  }

  /// A value that must be written.
  ///
  /// @param standIn is answered when it is not, so that reading can go on to the next problem;
  ///   nothing is ever started with it
  public <T> T required(String key, Form<T> form, T standIn) {
    var written = section.find(key);
    if (written.tree().isEmpty())
      reading()
          .problem(written.origin(), written.key(), "missing (expected: " + form.expected() + ")");
    return record(written, form, "", section.parse(written, form).orElse(standIn));
  }

  /// A list of values; a single value is a list of one.
  public <T> List<T> list(String key, Form<T> form, List<T> byDefault) {
    var written = section.find(key);
    var values = List.copyOf(section.parseAll(written, form).orElse(byDefault));
    record(
        written,
        "a list, each " + form.expected(),
        form.describe(byDefault),
        form.describe(values));
    return values;
  }

  public String string(String key, String byDefault) {
    return value(key, Form.text(), byDefault);
  }

  public String requiredString(String key) {
    return required(key, Form.text(), key);
  }

  public Optional<String> optionalString(String key) {
    return optional(key, Form.text());
  }

  public List<String> strings(String key, List<String> byDefault) {
    return list(key, Form.text(), byDefault);
  }

  public Optional<Secret> secret(String key) {
    return optional(key, Form.secret());
  }

  public boolean bool(String key, boolean byDefault) {
    return value(key, Form.bool(), byDefault);
  }

  public int integer(String key, int min, int max, int byDefault) {
    return value(key, Form.integer(min, max), byDefault);
  }

  public Duration duration(String key, Duration min, Duration max, Duration byDefault) {
    return value(key, Form.duration(min, max), byDefault);
  }

  public List<Duration> durations(
      String key, Duration min, Duration max, List<Duration> byDefault) {
    return list(key, Form.duration(min, max), byDefault);
  }

  public ByteSize size(String key, ByteSize min, ByteSize max, ByteSize byDefault) {
    return value(key, Form.size(min, max), byDefault);
  }

  public <E extends Enum<E>> E choice(String key, Class<E> type, E byDefault) {
    return value(key, Form.choice(type), byDefault);
  }

  /// A file or folder; a relative path starts at the folder of the settings file.
  public Path path(String key, Path byDefault) {
    return value(key, Form.path(reading().references().base()), byDefault);
  }

  public Optional<Path> optionalPath(String key) {
    return optional(key, Form.path(reading().references().base()));
  }

  public HostPort hostPort(String key, HostPort byDefault) {
    return value(key, Form.hostPort(byDefault.port()), byDefault);
  }

  public List<HostPort> hostPorts(String key, int defaultPort, List<HostPort> byDefault) {
    return list(key, Form.hostPort(defaultPort), byDefault);
  }

  public List<Network> networks(String key, List<Network> byDefault) {
    return list(key, Form.network(), byDefault);
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Reading reading() {
    return section.reading();
  }

  /// All of this section. A record that cannot be built wrong may still refuse what its keys allow
  /// one by one; nothing then.
  <T> Optional<T> readAs(Function<Settings, T> reader) {
    var before = reading().problemsSoFar();
    try {
      return Optional.of(reader.apply(this));
    } catch (IllegalArgumentException e) {
      // After a problem the record may merely have been given a default that does not fit.
      if (reading().problemsSoFar() == before)
        reading().problem(section.origin(), section.path(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private <T> void sample(String name, Function<Settings, T> reader) {
    if (!reading().isForReference()) return;
    var path = join(section.path(), name);
    new Settings(new Section(reading(), path, Mapping.empty(Origin.DEFAULT), Origin.DEFAULT))
        .readAs(reader);
  }

  private <T> T record(Section.Written written, Form<T> form, String byDefault, T value) {
    record(written, form.expected(), byDefault, form.print().apply(value));
    return value;
  }

  private void record(Section.Written written, String expected, String byDefault, String value) {
    var origin = written.tree().isEmpty() ? Origin.DEFAULT : written.origin();
    reading().found(new Setting(written.key(), expected, byDefault, value, origin.toString(), doc));
  }
}
