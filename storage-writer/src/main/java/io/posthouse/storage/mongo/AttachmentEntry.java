package io.posthouse.storage.mongo;

import io.posthouse.storage.mime.EncodedWords;
import io.posthouse.storage.mime.HeaderIndex;
import io.posthouse.storage.mime.MimePart;
import io.posthouse.storage.mime.StructuredValue;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.bson.Document;

/// An entry of the field `attachments`: what a person sees of a file before opening it.
final class AttachmentEntry {
  private static final int LONGEST_NAME = 1_000;

  /// For those that came without a name.
  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("application/json", "json"),
          Map.entry("application/msword", "doc"),
          Map.entry("application/pdf", "pdf"),
          Map.entry("application/pgp-signature", "pgp"),
          Map.entry("application/pkcs7-signature", "p7s"),
          Map.entry("application/rtf", "rtf"),
          Map.entry("application/xml", "xml"),
          Map.entry("application/zip", "zip"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("image/bmp", "bmp"),
          Map.entry("image/gif", "gif"),
          Map.entry("image/jpeg", "jpeg"),
          Map.entry("image/png", "png"),
          Map.entry("image/svg+xml", "svg"),
          Map.entry("image/tiff", "tiff"),
          Map.entry("image/webp", "webp"),
          Map.entry("message/rfc822", "eml"),
          Map.entry("text/calendar", "ics"),
          Map.entry("text/csv", "csv"),
          Map.entry("text/html", "html"),
          Map.entry("text/plain", "txt"),
          Map.entry("text/vcard", "vcf"),
          Map.entry("text/x-vcard", "vcf"),
          Map.entry("video/mp4", "mp4"));

  private AttachmentEntry() {}

  static Document of(String id, MimePart.Leaf part, StoredBody body, boolean related) {
    var header = part.header();
    return new Document("id", id)
        .append("filename", name(header, body))
        .append("contentType", body.contentType())
        .append(
            "disposition",
            header.contentDisposition().<Object>map(StructuredValue::value).orElse(false))
        .append("transferEncoding", body.transferEncoding())
        .append("cid", header.last("content-id").map(AttachmentEntry::bracketed).orElse(null))
        .append("related", related)
        .append("sizeKb", sizeKb(body))
        .append("size", body.octets().length())
        .append("fileContentHash", Base64.getEncoder().encodeToString(body.id().getData()));
  }

  private static String bracketed(String contentId) {
    return contentId.startsWith("<") ? contentId : "<" + contentId + ">";
  }

  private static String name(HeaderIndex header, StoredBody body) {
    var given =
        header
            .contentDisposition()
            .flatMap(disposition -> disposition.parameter("filename"))
            .or(() -> header.contentType().parameter("name"))
            .map(name -> EncodedWords.decode(name).strip())
            .filter(name -> !name.isEmpty());
    return given
        .map(name -> name.substring(0, Math.min(name.length(), LONGEST_NAME)))
        .orElseGet(() -> invented(body));
  }

  /// The same whenever the same body comes.
  private static String invented(StoredBody body) {
    var name = HexFormat.of().formatHex(body.id().getData(), 0, 4);
    return name + "." + EXTENSIONS.getOrDefault(body.contentType(), "bin");
  }

  /// Decoded, roughly: what a person calls its size.
  private static int sizeKb(StoredBody body) {
    var octets = (long) body.octets().length();
    var decoded = body.transferEncoding().equals("base64") ? octets * 57 / 78 : octets;
    return (int) ((decoded + 1023) / 1024);
  }
}
