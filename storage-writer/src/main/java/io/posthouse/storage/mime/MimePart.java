package io.posthouse.storage.mime;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  ///
  /// @param message what the body is when it is read as a message, where it holds one; the body
  ///   itself is what makes the message again
  record Leaf(List<Slice> fields, HeaderIndex header, Slice body, Optional<MimePart> message)
      implements MimePart {
    private static final Set<String> TEXT =
        Set.of("text/plain", "text/html", "text/rfc822-headers", "message/delivery-status");
    private static final Set<String> AS_IT_IS = Set.of("7bit", "8bit", "binary");

    public Leaf {
      fields = List.copyOf(fields);
    }

    Leaf(List<Slice> fields, HeaderIndex header, Slice body) {
      this(fields, header, body, Optional.empty());
    }

    Leaf with(Optional<MimePart> message) {
      return message.isEmpty() ? this : new Leaf(fields, header, body, message);
    }

    /// Whether the body is a message, not encoded (RFC 2046 §5.2.1).
    boolean holdsMessage() {
      return header.contentType().value().equals("message/rfc822")
          && AS_IT_IS.contains(transferEncoding());
    }

    /// Whether a person reads it as part of the message, and not as a file beside it (RFC 2183
    /// §2.1): a multipart in which no part was found, too.
    public boolean isText() {
      var type = header.contentType();
      return (TEXT.contains(type.value()) || type.type().equals("multipart"))
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
