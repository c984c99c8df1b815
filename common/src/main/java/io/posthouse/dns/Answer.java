package io.posthouse.dns;

import java.util.List;

/// What the DNS says to a question. Only the first three are facts about the name.
public sealed interface Answer<T> {
  record Found<T>(List<T> records) implements Answer<T> {
    public Found {
      records = List.copyOf(records);
      if (records.isEmpty())
        throw new IllegalArgumentException("records: none (expected: at least one)");
    }
  }

  /// The name exists and has nothing of this kind (RFC 2308 §2.2).
  record NoData<T>() implements Answer<T> {}

  /// The name does not exist (NXDOMAIN).
  record NoSuchName<T>() implements Answer<T> {}

  /// SERVFAIL, a time-out, nobody there: says nothing about the name, so ask again later.
  record Unanswered<T>(String why) implements Answer<T> {}
}
