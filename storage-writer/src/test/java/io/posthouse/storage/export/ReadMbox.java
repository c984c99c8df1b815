package io.posthouse.storage.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads an mbox file as [Mbox] promises that it can be read.
final class ReadMbox {
  private static final String LENGTH = "X-Posthouse-Length: ";
  private static final Pattern HEAD =
      Pattern.compile("\\AFrom [^\n]*\n(?:[^\n]*\r\n){3}" + LENGTH + "(\\d{19})\r\n");
  private static final Pattern QUOTED = Pattern.compile("\\A>(>*From )");

  private ReadMbox() {}

  /// The messages as their octets, each a char.
  static List<String> messages(Path file) throws IOException {
    var rest = Files.readString(file, ISO_8859_1);
    var messages = new ArrayList<String>();
    while (!rest.isEmpty()) {
      var head = HEAD.matcher(rest);
      if (!head.find()) throw new AssertionError("no message: " + rest);
      var length = Integer.parseInt(head.group(1));
      var quoted = unquoted(rest.substring(head.end()), length);
      messages.add(quoted.message());
      rest = rest.substring(head.end() + quoted.length());
    }
    return messages;
  }

  private record Quoted(String message, int length) {}

  /// Takes away quotes until there are as many octets as there should be, and what separates.
  private static Quoted unquoted(String text, int length) {
    var message = new StringBuilder();
    var at = 0;
    while (message.length() < length) {
      var next = text.indexOf('\n', at) + 1;
      var line = text.substring(at, next);
      message.append(QUOTED.matcher(line).replaceFirst("$1"));
      at = next;
    }
    message.setLength(length);
    return new Quoted(message.toString(), at + 1);
  }
}
