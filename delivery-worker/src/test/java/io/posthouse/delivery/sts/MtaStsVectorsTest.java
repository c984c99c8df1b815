package io.posthouse.delivery.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// What other implementations were found to take for a record and a policy.
class MtaStsVectorsTest {
  private static final String FILE = "mta-sts/mta-sts.json";

  /// A host that is not written in A-labels is understood all the same: who wrote it wants its mail
  /// protected.
  private static final Set<String> TAKEN_BY_US = Set.of("mox/pol-24");

  private final List<String> differences = new ArrayList<>();

  @Test
  void records_are_understood_as_elsewhere() {
    var records = Vectors.list(FILE, "records");
    for (var vector : records) {
      var id = StsRecord.parse(vector.getString("record")).map(StsRecord::id);
      check(vector, Optional.ofNullable(vector.getString("policy_id")).equals(id));
    }
    report("records", records.size(), List.of());
  }

  @Test
  void policies_are_understood_as_elsewhere() {
    var policies = Vectors.list(FILE, "policies");
    for (var vector : policies) check(vector, expected(vector).equals(parsed(vector)));
    report("policies", policies.size(), TAKEN_BY_US.stream().sorted().toList());
  }

  private static Optional<String> expected(Document vector) {
    if (!vector.getBoolean("valid")) return Optional.empty();
    return Optional.of(
        vector.getString("mode")
            + " "
            + vector.getList("mx", String.class)
            + " "
            + vector.getInteger("max_age"));
  }

  private static Optional<String> parsed(Document vector) {
    try {
      var policy = StsPolicy.parse(vector.getString("policy"));
      var hosts = policy.hosts().stream().map(MxPattern::toString).toList();
      var mode = policy.mode().name().toLowerCase(java.util.Locale.ROOT);
      return Optional.of(mode + " " + hosts + " " + policy.maxAge().toSeconds());
    } catch (IllegalArgumentException invalid) {
      return Optional.empty();
    }
  }

  private void check(Document vector, boolean agrees) {
    if (!agrees) differences.add(vector.getString("id"));
  }

  private void report(String what, int count, List<String> known) {
    System.out.printf(
        "MTA-STS %s: %d vectors, %d otherwise: %s%n", what, count, differences.size(), differences);
    assertEquals(known, differences);
  }
}
