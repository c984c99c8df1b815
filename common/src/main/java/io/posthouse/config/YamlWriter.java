package io.posthouse.config;

import io.posthouse.config.Tree.Mapping;
import io.posthouse.config.Tree.Scalar;
import io.posthouse.config.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// A [Tree] back into YAML.
final class YamlWriter {
  private YamlWriter() {}

  static String write(Mapping settings) {
    var style = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(style).dumpToString(plain(settings));
  }

  private static @Nullable Object plain(Tree tree) {
    return switch (tree) {
      case Scalar(var text, var empty, _) -> empty ? null : text;
      case Sequence(var items, _) -> {
        List<@Nullable Object> all = new ArrayList<>();
        items.forEach(item -> all.add(plain(item)));
        yield all;
      }
      case Mapping(var entries, _) -> {
        var all = new LinkedHashMap<String, @Nullable Object>();
        entries.forEach((key, entry) -> all.put(key, plain(entry.value())));
        yield all;
      }
    };
  }
}
