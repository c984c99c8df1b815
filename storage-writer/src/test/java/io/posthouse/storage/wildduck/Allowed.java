package io.posthouse.storage.wildduck;

import io.posthouse.storage.mime.EncodedWords;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.types.Binary;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// In what our documents may differ from WildDuck's own, and why. All else must be the same.
@SuppressWarnings("ImmutableEnumChecker") // The lambdas hold nothing.
enum Allowed {
  /// Made of queue id and user, so that the same message has the same, whoever stores it.
  IDS("message\\.(magic|files\\.metadata\\.m)|around\\.(journal|threads.*)\\._id", Allowed::both),

  /// Each stored it at its time, and `_id` of WildDuck's has the time of it, ours that of arrival.
  TIMES(
      "message\\.(idate|retentionTime|files\\.uploadDate|files\\.metadata\\.cu)"
          + "|around\\.(journal\\.(created|idate)|threads.*\\.updated)",
      Allowed::both),

  /// WildDuck was handed the message by LMTP; we know who handed it to the edge. WildDuck believes
  /// the first `Received`, which anybody may have written.
  SESSION(
      "message\\.meta\\.(origin|originhost|queueId|time|transactionId|transhost|transtype)",
      Allowed::any),

  /// What makes it the very message again, and stored once.
  OUR_FIELD(
      "message\\.(files\\.metadata\\.)?posthouse|around\\.user\\.posthouse", d -> d.its() == null),

  /// WildDuck decodes base 64 and encodes it again as it thinks it was; we keep what came.
  AS_IT_CAME(
      "message\\.files\\.(length|chunks|metadata\\.(decoded|lineLen|fileContentHash))"
          + "|message\\.attachments\\.fileContentHash",
      Allowed::any),

  /// A body that a message has twice. WildDuck counts it twice and, when it copies or removes the
  /// message, once (`ServedPeerIT`), so that it would stay for ever.
  COUNTED_ONCE("message\\.files\\.metadata\\.c", d -> number(d.its()) > number(d.ours())),

  /// A name for what came without one: ours is of the hash, the same each time, and of the types
  /// that are hardly sent any more it has no ending.
  INVENTED("message\\.attachments\\.filename", sameWith("[0-9a-f]{8}\\.[a-z0-9]+")),

  /// The same for messages.
  INVENTED_ID("message\\.msgid", sameWith("<[0-9a-f-]+@(wildduck\\.email|posthouse\\.invalid)>")),

  /// WildDuck puts what follows the last boundary before the first, and adds the boundaries that
  /// are missing; we keep the body as it came in the place of the preamble.
  WHOLE(
      "message\\.(mimeTree\\.(body|size|lineCount)|mimeTree\\.part\\.(body|size|lineCount)|size)",
      (d, message) -> isEdited(message) || (d.path().contains(".part.") && hasMessage(message))),

  /// The empty line after a header without a body, which WildDuck would leave out.
  HEADER_ALONE("message\\.(size|mimeTree\\.header)", (_, message) -> endsEmpty(message)),

  /// Kilobytes of a file, from the octets of its base 64: rounded a line earlier.
  ROUNDED("message\\.attachments\\.sizeKb", d -> number(d.its()) == number(d.ours()) + 1),

  /// Upper and lower case of types mean nothing (RFC 2045 §5.1).
  CASE(
      "message\\.mimeTree.*(multipart|content-(type|disposition)\\.(value|subtype))",
      d -> Difference.text(d.its()).equalsIgnoreCase(Difference.text(d.ours()))),

  /// A semicolon at the end of a field announces no parameter; WildDuck takes it for one without a
  /// name.
  NAMELESS(
      "message\\.(mimeTree.*content-(type|disposition)\\.(params\\.|hasParams)|bodystructure)",
      d -> d.path().endsWith("hasParams") || isNameless(d)),

  /// RFC 2231 parameters are decoded here, not written as RFC 2047 words.
  PARAMETERS(
      "message\\.mimeTree.*\\.params\\..+",
      d -> EncodedWords.decode(Difference.text(d.its())).equals(Difference.text(d.ours()))),

  /// Of a repeated field WildDuck unfolds the last only; an empty list of addresses is empty text.
  UNFOLDED(
      "message\\.mimeTree.*parsedHeader\\..+",
      d ->
          bare(d.its()).equals(bare(d.ours()))
              || ("".equals(d.its()) && List.of().equals(d.ours()))),

  /// A line without a colon is no field.
  NO_FIELD("message\\.mimeTree.*parsedHeader\\..*", d -> "".equals(d.its()) && d.ours() == null),

  /// An address without a domain has none; WildDuck writes the address there again.
  NO_DOMAIN(
      "message\\.(envelope|bodystructure)", d -> d.ours() instanceof Binary b && b.length() == 0),

  /// Characters of a page are themselves, not entities, and blanks within lines are as they came.
  PAGE("message\\.html", d -> bare(unescaped(d.its())).equals(bare(unescaped(d.ours())))),

  /// Text made of pages has our line breaks, brackets and letters: WildDuck's headings are
  /// capitals.
  MADE_OF_PAGES("message\\.(text|intro)", (_, message) -> hasType(message, "text/html")),

  /// Blanks: at the end of parts, and within quotes of flowed text, which are unwrapped (RFC 3676).
  BLANKS("message\\.(text|intro|html)", d -> quoteless(d.its()).equals(quoteless(d.ours()))),

  /// WildDuck overlooks a message within the message that has no parts; its text is found here.
  WITHIN("message\\.(text|intro|html)", (d, message) -> hasMessage(message) && isLonger(d)),

  /// Addresses, parameters and header lines that break the grammar: each reader is lenient in its
  /// own way.
  BROKEN(
      true,
      "message\\.(envelope|bodystructure|headers|mimeTree\\.header|mimeTree.*parsedHeader.*(from|to|cc|params).*)"),

  /// Dates that no grammar knows, such as in `+-0500`.
  NO_DATE(true, "message\\.hdate"),

  /// Octets that are no text of the charset they claim, or claim none; what lies in a multipart
  /// without parts, which WildDuck does not show; and asides and quotes, where the preview of each
  /// begins behind its own.
  ODD_TEXT(
      true,
      "message\\.(subject|headers\\.value|text|html|intro|attachments\\.filename)|around\\.threads.*\\.subject"),

  /// A conversation whose first message both refer to, though the ten references that are kept do
  /// not meet.
  CONVERSATION(true, "message\\.thread|around\\.journal\\.thread|around\\.threads.*"),

  /// We keep no register of addresses.
  REGISTER("around\\.addressregister.*", d -> d.ours() == null),

  /// The sum of the sizes, which differ; compared with their sum by the test.
  USED("around\\.user\\.storageUsed", Allowed::both);

  /// Whether it is allowed to few messages, whose number the test knows.
  final boolean isRare;

  private final Pattern path;
  private final BiPredicate<Difference, Document> when;

  Allowed(boolean isRare, String path, BiPredicate<Difference, Document> when) {
    this.isRare = isRare;
    this.path = Pattern.compile(path, Pattern.DOTALL);
    this.when = when;
  }

  Allowed(boolean isRare, String path) {
    this(isRare, path, (_, _) -> true);
  }

  Allowed(String path, BiPredicate<Difference, Document> when) {
    this(false, path, when);
  }

  Allowed(String path, Predicate<Difference> when) {
    this(path, (difference, _) -> when.test(difference));
  }

  /// Why a difference may be.
  ///
  /// @param message the one of ours that it is of
  static Optional<Allowed> of(Difference difference, Document message) {
    return Arrays.stream(values())
        .filter(rule -> rule.path.matcher(difference.path()).matches())
        .filter(rule -> rule.when.test(difference, message))
        .findFirst();
  }

  private static boolean any(Difference difference) {
    return true;
  }

  private static boolean both(Difference d) {
    return d.its() != null && d.ours() != null;
  }

  private static Predicate<Difference> sameWith(String pattern) {
    return d ->
        Difference.text(d.its())
            .replaceFirst(pattern, "")
            .equals(Difference.text(d.ours()).replaceFirst(pattern, ""));
  }

  private static boolean isEdited(Document message) {
    var ours = message.get("posthouse", new Document());
    return ours.containsKey("whole") || ours.containsKey("edits");
  }

  private static boolean endsEmpty(Document message) {
    var header = message.get("mimeTree", Document.class).getList("header", String.class);
    return header.getLast().isEmpty();
  }

  private static boolean hasMessage(Document message) {
    return hasType(message, "message/rfc822");
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  private static boolean isNameless(Difference d) {
    return bare(Difference.text(d.its()).replaceAll("(, )?, (?=])|\\[, \\]", ""))
        .equals(bare(d.ours() == null ? "" : d.ours()));
  }

  private static String bare(@Nullable Object value) {
    return Difference.text(value).replaceAll("[\\s\\u00A0]+", "");
  }

  private static String quoteless(@Nullable Object value) {
    return bare(unescaped(value == null ? "" : value)).replaceAll(">|<br/>|<p>|</p>|[\\[\\],]", "");
  }

  private static boolean isLonger(Difference d) {
    return quoteless(d.ours()).contains(quoteless(d.its()));
  }

  private static String unescaped(@Nullable Object value) {
    return Parser.unescapeEntities(Difference.text(value), false);
  }

  private static boolean hasType(Document message, String type) {
    return Difference.text(message.get("mimeTree"))
        .toLowerCase(Locale.ROOT)
        .contains("value=" + type);
  }
}
