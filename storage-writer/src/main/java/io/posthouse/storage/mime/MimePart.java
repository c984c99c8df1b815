package io.posthouse.storage.mime;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A part of a message, which may be all of it.
public sealed interface MimePart {
  /// Its header fields in their order, each with its folds and without its last line end.
  List<Slice> fields();

  HeaderIndex header();

  /// How its octets are written (RFC 2045 §6), in lower case.
  default String transferEncoding() {
    return header().last("content-transfer-encoding").orElse("7bit").toLowerCase(Locale.ROOT);
  }

  /// A part with a body of its own, whatever its type claims.
  record Leaf(List<Slice> fields, HeaderIndex header, Slice body) implements MimePart {
    private static final Set<String> TEXT =
        Set.of("text/plain", "text/html", "text/rfc822-headers", "message/delivery-status");

    public Leaf {
      fields = List.copyOf(fields);
    }

    /// Whether a person reads it as part of the message, and not as a file beside it (RFC 2183
    /// §2.1).
    public boolean isText() {
      return TEXT.contains(header.contentType().value())
          && header.contentDisposition().map(d -> d.value().equals("inline")).orElse(true);
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
