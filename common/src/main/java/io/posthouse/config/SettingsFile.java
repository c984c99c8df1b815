package io.posthouse.config;

import io.posthouse.config.Tree.Mapping;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The settings of a process before anybody has read them: what a file says, changed by `--set`.
public final class SettingsFile {
  private static final int VERSION = 1;
  private static final Form<Integer> THIS_VERSION =
      new Form<>(
          VERSION + ", the only version this release reads",
          text -> Form.integer(VERSION, VERSION).parse().apply(text),
          String::valueOf,
          List.of());

  private final Mapping written;
  private final References references;
  private final List<Problem> problems;

  private SettingsFile(Mapping written, References references, List<Problem> problems) {
    this.written = written;
    this.references = references;
    this.problems = List.copyOf(problems);
  }

  /// A settings file and the environment of this process.
  ///
  /// @throws ConfigException when it cannot be read at all; problems inside it wait for [#read]
  public static SettingsFile load(Path file) throws ConfigException {
    return of(file, System.getenv());
  }

  /// A settings file whose `${env:NAME}` mean `environment`.
  ///
  /// @throws ConfigException when it cannot be read at all; problems inside it wait for [#read]
  public static SettingsFile of(Path file, Map<String, String> environment) throws ConfigException {
    var problems = new ArrayList<Problem>();
    var written = YamlReader.file(file.toString(), contents(file), problems);
    // Without a section everything would be missing, which is not the point.
    if (written.entries().isEmpty() && !problems.isEmpty()) throw new ConfigException(problems);
    var folder = file.resolveSibling("");
    return new SettingsFile(written, new References(environment, folder), problems);
  }

  /// No file: everything is at its default.
  public static SettingsFile defaults() {
    return defaults(System.getenv());
  }

  /// No file, and `${env:NAME}` in overrides mean `environment`.
  public static SettingsFile defaults(Map<String, String> environment) {
    var version = new Tree.Scalar(String.valueOf(VERSION), false, Origin.DEFAULT);
    var written = Mapping.empty(Origin.DEFAULT).with(List.of("version"), version);
    return new SettingsFile(written, new References(environment, Path.of("")), List.of());
  }

  /// Changed by what follows `--set` on the command line: `a.b=VALUE`, the value as in the file. A
  /// name with dots is quoted: `delivery.routes."example.net".host=...`.
  public SettingsFile with(List<String> overrides) {
    var found = new ArrayList<>(problems);
    var changed = written;
    for (var override : overrides) {
      var setting = CommandLineSetting.parse(override, found);
      if (setting.isPresent()) changed = setting.get().applyTo(changed);
    }
    return new SettingsFile(changed, references, found);
  }

  /// Reads the settings into a value.
  ///
  /// @throws ConfigException with all problems of the file, the overrides and the reading
  public <T> Loaded<T> read(Function<Settings, T> reader) throws ConfigException {
    var reading = Reading.of(references);
    problems.forEach(reading::problem);
    var value = sections(reading).readAs(reader);
    var all = reading.problems();
    if (!all.isEmpty()) throw new ConfigException(all);
    return new Loaded<>(value.orElseThrow(), reading.settings());
  }

  /// Every key that `reader` knows, with its default; a key of each element of a list is named
  /// `list[].key`, and one of each named section `map.NAME.key`.
  public static <T> List<Setting> reference(Function<Settings, T> reader) {
    var file = defaults(Map.of());
    var reading = Reading.forReference(file.references);
    file.sections(reading).readAs(reader);
    return reading.settings();
  }

  /// What is written, as YAML, overrides included and references left as they are.
  public String yaml() {
    return YamlWriter.write(written);
  }

  private Settings sections(Reading reading) {
    var all = new Settings(new Section(reading, "", written, written.origin()));
    all.about("the version of this file's format").required("version", THIS_VERSION, VERSION);
    return all;
  }

  private static String contents(Path file) throws ConfigException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      throw unreadable(file, "no such file");
    } catch (CharacterCodingException _) {
      throw unreadable(file, "no UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static ConfigException unreadable(Path file, String why) {
    return new ConfigException(List.of(new Problem(new Origin(file.toString(), 0, 0), "", why)));
  }
}
