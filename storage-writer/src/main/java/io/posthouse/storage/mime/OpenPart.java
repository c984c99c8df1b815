package io.posthouse.storage.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part while its lines are read.
final class OpenPart {
  private static final int LONGEST_BOUNDARY = 1_000;

  private final Message message;
  private final List<Slice> fields = new ArrayList<>();
  private final List<MimePart> children = new ArrayList<>();
  private Optional<String> boundary = Optional.empty();
  private @Nullable HeaderIndex header;
  private @Nullable MimePart closed;
  private int bodyStart = -1;
  private int preambleEnd = -1;

  OpenPart(Message message) {
    this.message = message;
  }

  boolean hasFields() {
    return !fields.isEmpty();
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }

  void addField(Slice field) {
    fields.add(field);
  }

  void extendField(int end) {
    fields.add(new Slice(fields.removeLast().start(), end));
  }

  /// Ends the header.
  ///
  /// @param mayContain whether it may be made of parts
  void startBody(int at, boolean mayContain) {
    bodyStart = at;
    var type = header().contentType();
    if (mayContain && type.type().equals("multipart"))
      boundary =
          type.parameter("boundary").filter(b -> !b.isEmpty() && b.length() <= LONGEST_BOUNDARY);
  }

  /// What its boundary lines start with; empty where it has none.
  Optional<String> delimiter() {
    return closed == null ? boundary.map("--"::concat) : Optional.empty();
  }

  void endPreamble(int at) {
    if (preambleEnd < 0) preambleEnd = at;
  }

  void add(MimePart child) {
    children.add(child);
  }

  /// @param messageWithin what is in a part that holds a message
  void close(int end, Function<MimePart.Leaf, Optional<MimePart>> messageWithin) {
    if (bodyStart < 0) bodyStart = end;
    // A boundary right after the header: the line break before it is the header's.
    var body = new Slice(bodyStart, Math.max(bodyStart, end));
    closed =
        children.isEmpty()
            ? leaf(body, messageWithin)
            : new MimePart.Multipart(
                fields,
                header(),
                new Slice(bodyStart, preambleEnd),
                boundary.orElseThrow(),
                children);
  }

  private MimePart.Leaf leaf(
      Slice body, Function<MimePart.Leaf, Optional<MimePart>> messageWithin) {
    var leaf = new MimePart.Leaf(fields, header(), body);
    return leaf.with(messageWithin.apply(leaf));
  }

  MimePart closed() {
    if (closed == null) throw new IllegalStateException("part: open (expected: closed)");
    return closed;
  }

  private HeaderIndex header() {
    if (header == null) header = HeaderIndex.of(message, fields);
    return header;
  }
}
