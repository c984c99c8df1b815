package io.posthouse.storage.mime;

import java.util.List;

/// A part of a message, which may be all of it.
public sealed interface MimePart {
  /// Its header fields in their order, each with its folds and without its last line end.
  List<Slice> fields();

  HeaderIndex header();

  /// A part with a body of its own, whatever its type claims.
  record Leaf(List<Slice> fields, HeaderIndex header, Slice body) implements MimePart {
    public Leaf {
      fields = List.copyOf(fields);
    }
  }

  /// A part made of parts (RFC 2046 §5.1).
  ///
  /// @param preamble what stands before the first boundary, up to and with its line end
  record Multipart(
      List<Slice> fields,
      HeaderIndex header,
      Slice preamble,
      String boundary,
      List<MimePart> children)
      implements MimePart {
    public Multipart {
      fields = List.copyOf(fields);
      children = List.copyOf(children);
    }
  }
}
