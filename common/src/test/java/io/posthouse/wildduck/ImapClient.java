package io.posthouse.wildduck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An IMAP client for tests (RFC 9051, RFC 3501). A command that is refused fails the test.
public final class ImapClient implements AutoCloseable {
  private final Wire wire;
  private int commands;

  private ImapClient(Wire wire) {
    this.wire = wire;
  }

  /// An answer without a tag: its words, such as `12 EXISTS` or `12 FETCH (...)`.
  public record Answer(List<ImapValue> values) {
    public Answer {
      values = List.copyOf(values);
    }

    boolean isFetch() {
      return values.size() == 3 && values.get(1).equals(new ImapValue.Text("FETCH"));
    }
  }

  /// Items of a message by their names, such as `BODY[]`.
  public record Fetched(Map<String, ImapValue> items) {
    public Fetched {
      items = Map.copyOf(items);
    }

    public ImapValue item(String name) {
      var value = items.get(name);
      if (value == null) throw new AssertionError(name + ": none in " + items.keySet());
      return value;
    }

    private static Fetched of(ImapValue list) {
      var values = list.list();
      var items = new LinkedHashMap<String, ImapValue>();
      for (int i = 0; i + 1 < values.size(); i += 2)
        items.put(values.get(i).text(), values.get(i + 1));
      return new Fetched(items);
    }
  }

  static ImapClient login(int port, String user, String password) {
    var client = new ImapClient(Wire.to(port));
    client.wire.line();
    client.ask("LOGIN \"" + user + "\" \"" + password + "\"");
    return client;
  }

  /// The answers to a command.
  public List<Answer> ask(String command) {
    var tag = "A" + ++commands;
    wire.sendLine(tag + " " + command);
    return untilDone(tag, command);
  }

  /// Opens a folder, and says how many messages it has.
  public int select(String folder) {
    return ask("SELECT \"" + folder + "\"").stream()
        .filter(answer -> answer.values().getLast().equals(new ImapValue.Text("EXISTS")))
        .mapToInt(answer -> Integer.parseInt(answer.values().getFirst().text()))
        .findFirst()
        .orElseThrow();
  }

  /// What was fetched of messages, by UID.
  public Map<Long, Fetched> fetch(String uids, String items) {
    var messages = new LinkedHashMap<Long, Fetched>();
    for (var answer : ask("UID FETCH " + uids + " (UID " + items + ")")) {
      if (!answer.isFetch()) continue;
      var found = Fetched.of(answer.values().get(2));
      messages.put(Long.valueOf(found.item("UID").text()), found);
    }
    return messages;
  }

  /// What was fetched of one message.
  public Fetched fetch(long uid, String items) {
    return fetch(String.valueOf(uid), items).values().stream().findFirst().orElseThrow();
  }

  /// UIDs of what is found.
  public List<Long> search(String criteria) {
    return ask("UID SEARCH " + criteria).stream()
        .filter(answer -> answer.values().getFirst().equals(new ImapValue.Text("SEARCH")))
        .flatMap(answer -> answer.values().stream().skip(1))
        .map(uid -> Long.valueOf(uid.text()))
        .toList();
  }

  /// Begins to wait for news ([#news]), until [#endIdle].
  public void idle() {
    wire.sendLine("A" + ++commands + " IDLE");
    var answer = wire.line();
    if (!answer.startsWith("+")) throw new AssertionError("IDLE: " + answer);
  }

  /// The next news, such as `* 3 EXISTS`, if there is any within this time.
  public Optional<String> news(Duration patience) {
    return wire.line(patience);
  }

  /// Ends to wait, and returns what was new and unread.
  public List<Answer> endIdle() {
    wire.sendLine("DONE");
    return untilDone("A" + commands, "IDLE");
  }

  /// Adds a message of the user's own to a folder.
  public void append(String folder, String octets) {
    var tag = "A" + ++commands;
    wire.sendLine(tag + " APPEND \"" + folder + "\" {" + octets.length() + "}");
    wire.line();
    wire.sendLine(octets);
    untilDone(tag, "APPEND");
  }

  @Override
  public void close() {
    wire.close();
  }

  private List<Answer> untilDone(String tag, String command) {
    var answers = new ArrayList<Answer>();
    while (true) {
      var reader = new ImapValue.Reader(wire);
      var first = reader.word();
      if (first.equals(tag)) {
        var result = reader.rest();
        if (!result.startsWith("OK")) throw new AssertionError(command + ": " + result);
        return answers;
      }
      answers.add(new Answer(reader.all()));
    }
  }
}
