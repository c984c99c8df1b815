package io.posthouse.storage.crypt;

import static java.util.stream.Collectors.joining;

import io.posthouse.message.Octets;
import io.posthouse.storage.mime.HeaderIndex;
import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimeParser;
import io.posthouse.storage.mime.MimePart;
import io.posthouse.storage.mime.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// A message taken apart for encryption: the fields that say what the content is (RFC 2045 §3) go
/// inside with the content, all others stay outside.
final class ClearMessage {
  private static final MimeParser.Limits ALL_FIELDS =
      new MimeParser.Limits(0, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private static final Set<String> PKCS7 =
      Set.of("application/pkcs7-mime", "application/x-pkcs7-mime");

  /// The others of this type are signed or compressed, or do not say: those are encrypted.
  private static final Set<String> ENVELOPED = Set.of("enveloped-data", "authenveloped-data");

  private static final String BEGIN = "-----BEGIN PGP MESSAGE-----";
  private static final String END = "-----END PGP MESSAGE-----";

  private final Message message;
  private final MimePart.Leaf root;

  private ClearMessage(Message message, MimePart.Leaf root) {
    this.message = message;
    this.root = root;
  }

  static ClearMessage of(Octets octets) {
    var message = Message.of(octets);
    return switch (MimeParser.parse(message, ALL_FIELDS)) {
      case MimePart.Leaf root -> new ClearMessage(message, root);
      case MimePart.Multipart _ -> throw new IllegalStateException("parts at depth 0");
    };
  }

  /// Whether its sender has encrypted it, in any of the ways that people do.
  boolean isEncrypted() {
    HeaderIndex header = root.header();
    var type = header.contentType();
    if (type.value().equals("multipart/encrypted")) return true;
    if (PKCS7.contains(type.value()))
      return type.parameter("smime-type")
          .map(t -> t.toLowerCase(Locale.ROOT))
          .filter(ENVELOPED::contains)
          .isPresent();
    return type.value().equals("text/plain") && isOneOpenPgpBlock();
  }

  /// The fields that stay outside, each with its line end, and how to read what follows.
  String outerHeader() {
    var fields = fields(name -> !isAboutContent(name));
    var hasVersion = root.header().last("mime-version").isPresent();
    return hasVersion ? fields : fields + "MIME-Version: 1.0\r\n";
  }

  /// What is encrypted: a MIME entity, its body as it came.
  Octets entity() {
    var fields = fields(ClearMessage::isAboutContent);
    // Where nothing says what the content is, it is this (RFC 2045 §5.2).
    if (root.header().last("content-type").isEmpty()) fields += "Content-Type: text/plain\r\n";
    var header = (fields + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    return Octets.of(header).then(message.octets(root.body()));
  }

  private String fields(Predicate<String> named) {
    return root.fields().stream()
        .filter(field -> named.test(name(field)))
        .map(field -> message.latin1(field) + "\r\n")
        .collect(joining());
  }

  private String name(Slice field) {
    return message.latin1(field).split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isAboutContent(String name) {
    return name.startsWith("content-");
  }

  /// Nothing before it and nothing after: text beside a block would be stored in the clear.
  private boolean isOneOpenPgpBlock() {
    var body = root.body();
    if (!starts(body)) return false;
    var text = message.latin1(body).strip();
    return text.startsWith(BEGIN) && text.indexOf(END) == text.length() - END.length();
  }

  /// A look at its start spares most messages the rest.
  private boolean starts(Slice body) {
    var start = new Slice(body.start(), Math.min(body.end(), body.start() + 200));
    return message.latin1(start).strip().startsWith(BEGIN);
  }
}
