package io.posthouse.storage.mongo;

import io.posthouse.storage.mime.EncodedWords;
import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimePart;
import io.posthouse.storage.mime.StructuredValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The field `bodystructure`: IMAP's BODYSTRUCTURE as lists (RFC 9051 §7.5.2).
final class BodyStructure {
  private final Message message;

  BodyStructure(Message message) {
    this.message = message;
  }

  List<@Nullable Object> of(MimePart part) {
    return switch (part) {
      case MimePart.Leaf leaf -> leaf(leaf);
      case MimePart.Multipart multipart -> multipart(multipart);
    };
  }

  private List<@Nullable Object> multipart(MimePart.Multipart part) {
    var list = new ArrayList<@Nullable Object>();
    part.children().forEach(child -> list.add(of(child)));
    var type = part.header().contentType();
    list.add(upper(type.subtype()));
    list.add(parameters(type));
    list.addAll(extension(part));
    return list;
  }

  private List<@Nullable Object> leaf(MimePart.Leaf part) {
    var header = part.header();
    var type = basicType(header.contentType());
    var list =
        new ArrayList<@Nullable Object>(
            Arrays.asList(
                upper(type.type()),
                upper(type.subtype()),
                parameters(type),
                header.last("content-id").orElse(null),
                header.last("content-description").orElse(null),
                upper(header.last("content-transfer-encoding").orElse("7bit")),
                part.body().length()));
    part.message()
        .ifPresent(within -> list.addAll(List.of(ImapEnvelope.of(within.header()), of(within))));
    if (type.type().equals("text") || part.message().isPresent())
      list.add(message.lines(part.body()));
    list.add(header.last("content-md5").orElse(null));
    list.addAll(extension(part));
    return list;
  }

  /// Half a type would break clients, and so would a multipart without parts, which is read as
  /// text.
  private static StructuredValue basicType(StructuredValue type) {
    var multipart = type.type().equals("multipart");
    if (!multipart && !type.type().isEmpty() && !type.subtype().isEmpty()) return type;
    var text = multipart || type.type().equals("text") || type.subtype().equals("plain");
    return new StructuredValue(text ? "text/plain" : "application/octet-stream", type.parameters());
  }

  private static List<@Nullable Object> extension(MimePart part) {
    var header = part.header();
    return Arrays.asList(
        header
            .contentDisposition()
            .<Object>map(d -> Arrays.asList(upper(d.value()), parameters(d)))
            .orElse(null),
        header.last("content-language").<Object>map(BodyStructure::languages).orElse(null),
        header.last("content-location").orElse(null));
  }

  private static List<String> languages(String value) {
    return Arrays.stream(value.split("[ ,]+")).filter(l -> !l.isEmpty()).toList();
  }

  private static @Nullable Object parameters(StructuredValue value) {
    var list = new ArrayList<Object>();
    value
        .parameters()
        .forEach((name, v) -> {
          list.add(upper(name));
          list.add(ImapEnvelope.binary(EncodedWords.decode(v)));
        });
    return list.isEmpty() ? null : list;
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
