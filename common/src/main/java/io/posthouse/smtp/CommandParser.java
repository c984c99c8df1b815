package io.posthouse.smtp;

import io.posthouse.smtp.Command.Auth;
import io.posthouse.smtp.Command.Bdat;
import io.posthouse.smtp.Command.Data;
import io.posthouse.smtp.Command.Ehlo;
import io.posthouse.smtp.Command.Expn;
import io.posthouse.smtp.Command.Field;
import io.posthouse.smtp.Command.Helo;
import io.posthouse.smtp.Command.Help;
import io.posthouse.smtp.Command.Lhlo;
import io.posthouse.smtp.Command.Mail;
import io.posthouse.smtp.Command.Malformed;
import io.posthouse.smtp.Command.Noop;
import io.posthouse.smtp.Command.Quit;
import io.posthouse.smtp.Command.Rcpt;
import io.posthouse.smtp.Command.Rset;
import io.posthouse.smtp.Command.StartTls;
import io.posthouse.smtp.Command.Unknown;
import io.posthouse.smtp.Command.Vrfy;
import io.posthouse.smtp.Command.XClient;
import io.posthouse.smtp.Command.XForward;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads command lines (RFC 5321 §4.1.1). Any text is some [Command]; none makes it throw.
///
/// Stricter than some and kinder than others: a blank after `FROM:` and a path without its brackets
/// are understood, for they are common and mean one thing only.
public final class CommandParser {
  /// Octets of a command line with its CRLF (RFC 5321 §4.5.3.1.4), but of [#LONGEST_MAIL] and
  /// [#LONGEST_RCPT] and an AUTH line.
  public static final int LONGEST_LINE = 512;

  /// The same of MAIL with all that extensions add: SIZE 26 (RFC 1870), BODY 17 (RFC 6152), AUTH
  /// 500 (RFC 4954), RET and ENVID 8 and 107 (RFC 3461), SMTPUTF8 10 (RFC 6531), REQUIRETLS 11.
  public static final int LONGEST_MAIL = LONGEST_LINE + 26 + 17 + 500 + 8 + 107 + 10 + 11;

  /// The same of RCPT, with NOTIFY 36 and ORCPT 507 (RFC 3461).
  public static final int LONGEST_RCPT = LONGEST_LINE + 36 + 507;

  /// Octets of a line of an AUTH exchange with its CRLF (RFC 4954 §4).
  public static final int LONGEST_AUTH_LINE = 12_288;

  private static final Reply TOO_LONG = Reply.of(500, "5.5.2", "Line too long");
  // RFC 5322 §2.2.
  private static final Pattern FIELD = Pattern.compile("[!-9;-~]+:");
  private static final Pattern ATTRIBUTES =
      Pattern.compile("[A-Za-z]+=[!-~]+( +[A-Za-z]+=[!-~]+)*");
  private static final Pattern CHUNK =
      Pattern.compile("0*([0-9]{1,18})(?: +(LAST))?", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_CLIENT_NAME = 255;
  // RFC 4422 says 20; mechanisms with longer names are registered.
  private static final int LONGEST_MECHANISM = 40;
  // What could end or open something else in a trace line or a log.
  private static final String NOT_IN_CLIENT_NAME = "()<>@,;\\\"";
  // What a decoder puts where octets are no UTF-8.
  private static final char UNDECODABLE = '\uFFFD';

  private CommandParser() {}

  /// The command in `line`, which has no line end.
  public static Command parse(String line) {
    var space = line.indexOf(' ');
    var verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    var arguments = space < 0 ? "" : line.substring(space + 1).strip();
    if (isTooLong(verb, line)) return new Malformed(verb(verb), TOO_LONG);
    if (!isPrintable(line)) return new Malformed(verb(verb), syntax("5.5.2", "Unprintable octets"));
    return command(verb, arguments);
  }

  private static Command command(String verb, String arguments) {
    return switch (verb) {
      case "EHLO" -> hello(verb, arguments, Ehlo::new);
      case "HELO" -> hello(verb, arguments, Helo::new);
      case "LHLO" -> hello(verb, arguments, Lhlo::new);
      case "MAIL" -> mail(arguments);
      case "RCPT" -> rcpt(arguments);
      case "DATA" -> alone(verb, arguments, Data::new);
      case "BDAT" -> bdat(arguments);
      case "RSET" -> alone(verb, arguments, Rset::new);
      case "NOOP" -> new Noop();
      case "QUIT" -> alone(verb, arguments, Quit::new);
      case "VRFY" -> about(verb, arguments, Vrfy::new);
      case "EXPN" -> about(verb, arguments, Expn::new);
      case "HELP" -> new Help(arguments);
      case "STARTTLS" -> alone(verb, arguments, StartTls::new);
      case "AUTH" -> auth(arguments);
      case "XCLIENT" -> attributes(verb, arguments, XClient::new);
      case "XFORWARD" -> attributes(verb, arguments, XForward::new);
      default -> FIELD.matcher(verb).lookingAt() ? new Field() : new Unknown(verb(verb));
    };
  }

  private static boolean isTooLong(String verb, String line) {
    var longest =
        switch (verb) {
          case "MAIL" -> LONGEST_MAIL;
          case "RCPT" -> LONGEST_RCPT;
          case "AUTH" -> LONGEST_AUTH_LINE;
          default -> LONGEST_LINE;
        };
    // No character takes more than three octets, half a surrogate pair included.
    return 3 * line.length() + 2 > longest
        && line.getBytes(StandardCharsets.UTF_8).length + 2 > longest;
  }

  private static Command mail(String arguments) {
    var argument = PathArgument.parse("FROM:", arguments);
    if (argument.isEmpty()) return malformed("MAIL", "5.5.4", "Syntax: MAIL FROM:<address>");
    if (!argument.get().hasReadableParameters()) return badParameters("MAIL");
    return argument
        .get()
        .reversePath()
        .<Command>map(
            from -> new Mail(from, argument.get().parameters(), argument.get().isBeyondAscii()))
        .orElseGet(() -> malformed("MAIL", "5.1.7", "Bad sender address syntax"));
  }

  private static Command rcpt(String arguments) {
    var argument = PathArgument.parse("TO:", arguments);
    if (argument.isEmpty()) return malformed("RCPT", "5.5.4", "Syntax: RCPT TO:<address>");
    if (!argument.get().hasReadableParameters()) return badParameters("RCPT");
    return argument
        .get()
        .forwardPath()
        .<Command>map(
            to -> new Rcpt(to, argument.get().parameters(), argument.get().isBeyondAscii()))
        .orElseGet(() -> malformed("RCPT", "5.1.3", "Bad recipient address syntax"));
  }

  /// Octets follow whatever we make of this line; a size beyond a `long` is as good as none.
  private static Command bdat(String arguments) {
    var shape = CHUNK.matcher(arguments);
    if (!shape.matches()) return malformed("BDAT", "5.5.4", "Syntax: BDAT size [LAST]");
    return new Bdat(Long.parseLong(shape.group(1)), shape.group(2) != null);
  }

  private static Command auth(String arguments) {
    var words = arguments.split(" +", -1);
    var mechanism = words[0].toUpperCase(Locale.ROOT);
    var readable =
        !mechanism.isEmpty()
            && mechanism.length() <= LONGEST_MECHANISM
            && mechanism.chars().allMatch(CommandParser::isMechanismChar);
    if (words.length > 2 || !readable) {
      return malformed("AUTH", "5.5.4", "Syntax: AUTH mechanism [initial-response]");
    }
    return new Auth(mechanism, words.length == 2 ? words[1] : "");
  }

  private static Command attributes(
      String verb, String arguments, Function<List<Parameter>, Command> command) {
    if (!ATTRIBUTES.matcher(arguments).matches())
      return malformed(verb, "5.5.4", "Syntax: " + verb + " attribute=value ...");
    var attributes =
        Stream.of(arguments.split(" +"))
            .map(word -> word.split("=", 2))
            .map(word -> new Parameter(word[0], word[1]))
            .toList();
    return command.apply(attributes);
  }

  private static Command hello(String verb, String name, Function<String, Command> command) {
    var readable =
        !name.isEmpty()
            && name.length() <= LONGEST_CLIENT_NAME
            && name.chars().allMatch(c -> c > ' ' && c < 127 && NOT_IN_CLIENT_NAME.indexOf(c) < 0);
    return readable ? command.apply(name) : malformed(verb, "5.5.4", "Syntax: " + verb + " domain");
  }

  private static Command alone(String verb, String arguments, Supplier<Command> command) {
    return arguments.isEmpty()
        ? command.get()
        : malformed(verb, "5.5.4", verb + " takes no arguments");
  }

  private static Command about(String verb, String what, Function<String, Command> command) {
    return what.isEmpty() || what.equals("\"\"")
        ? malformed(verb, "5.5.4", "Syntax: " + verb + " string")
        : command.apply(what);
  }

  private static Malformed badParameters(String verb) {
    return malformed(verb, "5.5.4", "Bad parameter syntax");
  }

  private static Malformed malformed(String verb, String status, String text) {
    return new Malformed(verb, syntax(status, text));
  }

  private static Reply syntax(String status, String text) {
    return Reply.of(501, status, text);
  }

  /// The verb as logs and replies may show it: short and printable.
  private static String verb(String said) {
    var shown = said.length() > 16 ? said.substring(0, 16) : said;
    return isPrintable(shown) ? shown : "?";
  }

  private static boolean isMechanismChar(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isISOControl(c) || c == UNDECODABLE) return false;
    }
    return true;
  }
}
