package io.posthouse.dns;

import io.posthouse.address.Domain;
import java.util.List;
import java.util.Optional;

/// What the DNS says to a question. Only the first three are facts about the name.
public sealed interface Answer<T> {
  /// Records, in the order of the answer.
  ///
  /// @param authentic whether DNSSEC proves them, and every alias on the way to them
  /// @param canonical the name that has them, where the one asked for is an alias of it
  record Found<T>(List<T> records, boolean authentic, Optional<Domain> canonical)
      implements Answer<T> {
    public Found {
      records = List.copyOf(records);
      if (records.isEmpty())
        throw new IllegalArgumentException("records: none (expected: at least one)");
    }

    /// Records of the name itself, which nothing proves.
    public Found(List<T> records) {
      this(records, false, Optional.empty());
    }
  }

  /// The name exists and has nothing of this kind (RFC 2308 §2.2).
  record NoData<T>() implements Answer<T> {}

  /// The name does not exist (NXDOMAIN).
  record NoSuchName<T>() implements Answer<T> {}

  /// SERVFAIL, a time-out, nobody there: says nothing about the name, so ask again later.
  record Unanswered<T>(String why) implements Answer<T> {}
}
