package io.posthouse.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Unicode's own cases for UTS #46. Those that only the rules for bidirectional text and for
/// joiners refuse are not held against us: such a domain is in no DNS.
class IdnaVectorsTest {
  private static final Pattern UNIT = Pattern.compile("\\\\u([0-9A-F]{4})");
  private static final Pattern HOST = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");

  /// One line of the file.
  ///
  /// @param status why it is to be refused, if it is
  private record Case(String source, String expected, String status) {
    static Case of(String line) {
      var columns = unescaped(line.replaceFirst("#.*", "")).split(";", -1);
      var source = columns[0].strip();
      var unicode = orElse(columns[1], source);
      return new Case(source, orElse(columns[3], unicode), orElse(columns[4], columns[2].strip()));
    }

    boolean isValid() {
      return status.isEmpty() || status.equals("[]");
    }
  }

  @Test
  void a_domain_beyond_ascii_is_the_one_that_unicode_says_it_is() throws IOException {
    var tested = 0;
    for (var one : cases()) {
      if (!one.isValid() || !HOST.matcher(one.expected()).matches()) continue;
      var name = one.expected().replaceFirst("\\.$", "");
      assertEquals(Optional.of(name), Domain.parse(one.source()).map(Domain::name), one.source());
      tested++;
    }
    System.out.printf("idna/IdnaTestV2-part.txt: %d domains%n", tested);
    assertTrue(tested > 200, "too few cases tested");
  }

  private static List<Case> cases() throws IOException {
    return Files.readAllLines(Vectors.path("idna/IdnaTestV2-part.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Case::of)
        .toList();
  }

  private static String orElse(String column, String other) {
    return column.isBlank() ? other : column.strip();
  }

  private static String unescaped(String text) {
    return UNIT.matcher(text)
        .replaceAll(unit -> Character.toString((char) Integer.parseInt(unit.group(1), 16)));
  }
}
