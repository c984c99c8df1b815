package io.posthouse.config;

import io.posthouse.config.Tree.Entry;
import io.posthouse.config.Tree.Mapping;
import io.posthouse.config.Tree.Scalar;
import io.posthouse.config.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// YAML 1.2 into a [Tree]. Anchors, tags and keys that are no plain words are refused: a file that
/// an operator reads at night says what it says, once.
final class YamlReader {
  private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

  private final Function<Mark, Origin> origins;
  private final Origin start;
  private final List<Problem> problems;

  private YamlReader(Function<Mark, Origin> origins, Origin start, List<Problem> problems) {
    this.origins = origins;
    this.start = start;
    this.problems = problems;
  }

  /// A whole file. When it is no YAML, that is one problem, and the answer is an empty section.
  static Mapping file(String file, String text, List<Problem> problems) {
    var reader =
        new YamlReader(
            mark -> new Origin(file, mark.getLine() + 1, mark.getColumn() + 1),
            Origin.startOf(file),
            problems);
    return reader.sections(text);
  }

  /// One value, as in `--set key=VALUE`; all of it comes from the command line.
  static Tree value(String key, String text, List<Problem> problems) {
    var reader = new YamlReader(_ -> Origin.COMMAND_LINE, Origin.COMMAND_LINE, problems);
    return reader
        .compose(text, key)
        .map(node -> reader.tree(node, key))
        .orElseGet(() -> new Scalar("", true, Origin.COMMAND_LINE));
  }

  private Mapping sections(String text) {
    var tree = compose(text, "").map(node -> tree(node, "")).orElseGet(() -> Mapping.empty(start));
    if (tree instanceof Mapping sections) return sections;
    problem(tree.origin(), "", tree.kind() + " (expected: sections, such as kafka:)");
    return Mapping.empty(start);
  }

  private Optional<Node> compose(String text, String key) {
    var load = LoadSettings.builder().setUseMarks(true).setAllowNonScalarKeys(true).build();
    try {
      return new Compose(load).composeString(text);
    } catch (MarkedYamlEngineException e) {
      problem(origin(e.getProblemMark().or(e::getContextMark)), key, "no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problem(
          start, key, "no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return Optional.empty();
  }

  private Tree tree(Node node, String key) {
    var origin = origin(node.getStartMark());
    // Aliases are resolved by now, and one might contain itself: no anchors, no endless tree.
    if (node.getAnchor().isPresent())
      return refused(origin, key, "&" + node.getAnchor().get() + " (expected: no anchors)");
    if (!node.getTag().getValue().startsWith(STANDARD_TAGS))
      return refused(origin, key, node.getTag() + " (expected: no tags)");
    return switch (node) {
      case ScalarNode value ->
          new Scalar(value.getValue(), value.getTag().equals(Tag.NULL), origin);
      case SequenceNode list -> sequence(list, origin, key);
      case MappingNode section -> mapping(section, origin, key);
      default -> refused(origin, key, node.getNodeType() + " (expected: a value)");
    };
  }

  private Sequence sequence(SequenceNode list, Origin origin, String key) {
    var items = new ArrayList<Tree>();
    for (var item : list.getValue()) items.add(tree(item, key + "[" + items.size() + "]"));
    return new Sequence(items, origin);
  }

  private Mapping mapping(MappingNode section, Origin origin, String key) {
    var entries = new LinkedHashMap<String, Entry>();
    for (var line : section.getValue()) {
      if (line.getKeyNode() instanceof ScalarNode name)
        enter(entries, name, line.getValueNode(), key);
      else
        refused(
            origin(line.getKeyNode().getStartMark()),
            key,
            "a list or section as key (expected: a word)");
    }
    return new Mapping(entries, origin);
  }

  private void enter(Map<String, Entry> entries, ScalarNode name, Node value, String section) {
    var key = section.isEmpty() ? name.getValue() : section + "." + name.getValue();
    var at = origin(name.getStartMark());
    var before = entries.putIfAbsent(name.getValue(), new Entry(at, tree(value, key)));
    if (before != null) problem(at, key, "set twice (first at " + before.key() + ")");
  }

  private Tree refused(Origin origin, String key, String what) {
    problem(origin, key, what);
    return new Scalar("", true, origin);
  }

  private void problem(Origin origin, String key, String what) {
    problems.add(new Problem(origin, key, what));
  }

  private Origin origin(Optional<Mark> mark) {
    return mark.map(origins).orElse(start);
  }
}
