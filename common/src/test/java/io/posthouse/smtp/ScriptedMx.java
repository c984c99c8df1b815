package io.posthouse.smtp;

import io.posthouse.message.Octets;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// An MX host that does as it is told: a friendly one with PIPELINING, SIZE and 8BITMIME, until
/// [#on] says otherwise. Keeps every message it said 250 to, octet by octet as it came over the
/// wire.
public final class ScriptedMx implements AutoCloseable {
  /// A message that was taken.
  ///
  /// @param wire what came between the 354 and the final dot, dot-stuffed, the dot's line excluded;
  ///   or the octets of all chunks
  /// @param chunks whether it came by BDAT
  public record Message(String from, List<String> to, Octets wire, boolean chunks) {
    /// What the wire meant.
    public Octets content() {
      if (chunks) return wire;
      var text = new String(wire.toArray(), StandardCharsets.ISO_8859_1);
      var unstuffed = text.startsWith(".") ? text.substring(1) : text;
      return Octets.of(unstuffed.replace("\r\n.", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /// The moments [#on] can name beside the beginning of a command.
  public static final String GREETING = "(greeting)";

  public static final String CONTENT = "(content)";

  /// After the first line of the content; here there is nothing to say.
  public static final String MID_CONTENT = "(mid-content)";

  private record Rule(String moment, ScriptedAction action, AtomicInteger uses) {}

  private final ServerSocket listening;
  private final CountDownLatch serving = new CountDownLatch(1);
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private volatile @Nullable SSLContext tls;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private ScriptedMx(InetSocketAddress at) throws IOException {
    this.listening = new ServerSocket();
    listening.bind(at);
  }

  /// On IPv4's loopback, at a port of the system's choice.
  public static ScriptedMx start() {
    return startAt("127.0.0.1", 0);
  }

  /// Several hosts can share a port at 127.0.0.1, 127.0.0.2 and `::1`.
  public static ScriptedMx startAt(String address, int port) {
    try {
      var mx = new ScriptedMx(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      Thread.ofVirtual().name("scripted-mx").start(mx::serve);
      return mx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// From now on, offers STARTTLS and shakes hands like this.
  public ScriptedMx tls(SSLContext context) {
    tls = context;
    return this;
  }

  /// From now on, where a command begins with `moment` (or at [#GREETING], [#CONTENT]), says these
  /// lines. What was told last counts.
  public ScriptedMx on(String moment, String... lines) {
    return rule(moment, new ScriptedAction.Say(List.of(lines)), Integer.MAX_VALUE);
  }

  /// The same, but only the next time.
  public ScriptedMx once(String moment, String... lines) {
    return rule(moment, new ScriptedAction.Say(List.of(lines)), 1);
  }

  public ScriptedMx hangUpAt(String moment) {
    return rule(moment, new ScriptedAction.HangUp(), Integer.MAX_VALUE);
  }

  public ScriptedMx hangUpOnceAt(String moment) {
    return rule(moment, new ScriptedAction.HangUp(), 1);
  }

  public ScriptedMx resetAt(String moment) {
    return rule(moment, new ScriptedAction.Reset(), Integer.MAX_VALUE);
  }

  /// Says these lines, and hangs up.
  public ScriptedMx lastWordsAt(String moment, String... lines) {
    return rule(moment, new ScriptedAction.LastWords(List.of(lines)), Integer.MAX_VALUE);
  }

  /// Says these lines so late.
  public ScriptedMx lateAt(String moment, Duration after, String... lines) {
    return rule(moment, new ScriptedAction.SayLate(after, List.of(lines)), Integer.MAX_VALUE);
  }

  public ScriptedMx silentAt(String moment) {
    return rule(moment, new ScriptedAction.Silence(), Integer.MAX_VALUE);
  }

  /// Friendly again.
  public ScriptedMx forget() {
    rules.clear();
    return this;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// The messages taken so far, oldest first.
  public List<Message> messages() {
    return List.copyOf(messages);
  }

  /// Every command line heard so far.
  public List<String> commands() {
    return List.copyOf(commands);
  }

  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
      // Until that thread has noticed, one more may get in.
      serving.await();
      for (var client : clients) client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ScriptedMx rule(String moment, ScriptedAction action, int uses) {
    rules.addFirst(new Rule(moment, action, new AtomicInteger(uses)));
    return this;
  }

  private ScriptedAction at(String moment, String... friendly) {
    for (var rule : rules) {
      if (moment.startsWith(rule.moment()) && rule.uses().getAndDecrement() > 0)
        return rule.action();
    }
    return new ScriptedAction.Say(List.of(friendly));
  }

  private void serve() {
    try {
      while (!listening.isClosed()) {
        var client = listening.accept();
        connections.incrementAndGet();
        clients.add(client);
        Thread.ofVirtual().name("scripted-mx-session").start(() -> serve(client));
      }
    } catch (IOException closed) {
      // Nobody is let in any longer.
    } finally {
      serving.countDown();
    }
  }

  private void serve(Socket client) {
    try (client) {
      new Session(client).run();
    } catch (IOException clientLeft) {
      // Its next connection is another session.
    } finally {
      clients.remove(client);
    }
  }

  /// One client.
  private final class Session {
    private Socket client;
    private BufferedInputStream in;
    private OutputStream out;
    private boolean secured;
    private String from = "";
    private List<String> to = new ArrayList<>();
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    Session(Socket client) throws IOException {
      client.setTcpNoDelay(true);
      this.client = client;
      this.in = new BufferedInputStream(client.getInputStream());
      this.out = client.getOutputStream();
    }

    void run() throws IOException {
      perform(at(GREETING, "220 mx.example.net ESMTP scripted"));
      while (true) {
        var line = new String(line(), StandardCharsets.UTF_8);
        commands.add(line);
        if (!obey(line)) return;
      }
    }

    private boolean obey(String line) throws IOException {
      var verb = line.split("[ :]", 2)[0];
      switch (verb) {
        case "EHLO" -> perform(at(line, greeting()));
        case "STARTTLS" -> startTls(line);
        case "MAIL" -> begin(line);
        case "RCPT" -> recipient(line);
        case "DATA" -> data(line);
        case "BDAT" -> chunk(line);
        case "RSET" -> reset(line);
        default -> perform(at(line, verb.equals("QUIT") ? "221 bye" : "250 fine"));
      }
      return !verb.equals("QUIT");
    }

    private String[] greeting() {
      var lines =
          new ArrayList<>(List.of("250-mx.example.net", "250-PIPELINING", "250-SIZE 100000000"));
      if (tls != null && !secured) lines.add("250-STARTTLS");
      lines.add("250 8BITMIME");
      return lines.toArray(String[]::new);
    }

    private void startTls(String line) throws IOException {
      var context = tls;
      var go = context == null ? "502 5.5.1 what?" : "220 2.0.0 go ahead";
      if (!perform(at(line, go)).startsWith("220") || context == null) return;
      // The client waited for the 220, so nothing of the handshake is in our buffer yet.
      var inside =
          (SSLSocket)
              context.getSocketFactory().createSocket(client, "client", client.getPort(), true);
      inside.setUseClientMode(false);
      inside.startHandshake();
      client = inside;
      in = new BufferedInputStream(inside.getInputStream());
      out = inside.getOutputStream();
      secured = true;
    }

    private void begin(String line) throws IOException {
      var fine = positive(perform(at(line, "250 2.1.0 sender fine")));
      from = fine ? path(line) : "";
    }

    private void recipient(String line) throws IOException {
      var friendly = from.isEmpty() ? "503 5.5.1 MAIL first" : "250 2.1.5 recipient fine";
      if (positive(perform(at(line, friendly)))) to.add(path(line));
    }

    private void reset(String line) throws IOException {
      perform(at(line, "250 2.0.0 forgotten"));
      from = "";
      to = new ArrayList<>();
      chunks.reset();
    }

    private void chunk(String line) throws IOException {
      var words = line.split(" ");
      chunks.write(in.readNBytes(Integer.parseInt(words[1])));
      if (words.length == 2) perform(at(line, "250 2.0.0 go on"));
      else take(new Message(from, List.copyOf(to), Octets.of(chunks.toByteArray()), true));
    }

    private void data(String line) throws IOException {
      var go = to.isEmpty() ? "554 5.5.1 no valid recipients" : "354 go ahead";
      if (!perform(at(line, go)).startsWith("3")) return;
      var wire = content();
      take(new Message(from, List.copyOf(to), Octets.of(wire), false));
    }

    private void take(Message message) throws IOException {
      from = "";
      to = new ArrayList<>();
      chunks.reset();
      var answer = at(CONTENT, "250 2.0.0 taken");
      // Taken before it is said, so that whoever hears the 250 finds the message.
      if (takes(answer)) messages.add(message);
      perform(answer);
    }

    private String perform(ScriptedAction action) throws IOException {
      return switch (action) {
        case ScriptedAction.Say(var lines) -> say(lines);
        case ScriptedAction.LastWords(var lines) -> {
          say(lines);
          throw new IOException("told to hang up");
        }
        case ScriptedAction.HangUp() -> throw new IOException("told to hang up");
        case ScriptedAction.Reset() -> {
          client.setSoLinger(true, 0);
          throw new IOException("told to reset");
        }
        case ScriptedAction.Silence() -> waitForTheClientToLeave();
        case ScriptedAction.SayLate(var after, var lines) -> {
          listenFor(after);
          yield say(lines);
        }
      };
    }

    private String say(List<String> lines) throws IOException {
      out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return lines.getLast();
    }

    private String waitForTheClientToLeave() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
      throw new IOException("the client left");
    }

    private void listenFor(Duration time) throws IOException {
      client.setSoTimeout(Math.toIntExact(time.toMillis()));
      in.mark(1);
      try {
        if (in.read() < 0) throw new IOException("the client left");
        in.reset();
      } catch (SocketTimeoutException quiet) {
        // That is what we waited for.
      } finally {
        client.setSoTimeout(0);
      }
    }

    private byte[] content() throws IOException {
      var wire = new ByteArrayOutputStream();
      while (true) {
        var line = line();
        if (line.length == 1 && line[0] == '.') return wire.toByteArray();
        wire.write(line);
        wire.write('\r');
        wire.write('\n');
        var now = at(MID_CONTENT);
        if (!(now instanceof ScriptedAction.Say)) perform(now);
      }
    }

    /// Up to CRLF; a CR or LF alone belongs to the line.
    private byte[] line() throws IOException {
      var line = new ByteArrayOutputStream();
      var last = 0;
      while (true) {
        var octet = in.read();
        if (octet < 0) throw new IOException("the client left");
        if (octet == '\n' && last == '\r') {
          var octets = line.toByteArray();
          return Arrays.copyOf(octets, octets.length - 1);
        }
        line.write(octet);
        last = octet;
      }
    }

    private static boolean takes(ScriptedAction answer) {
      return switch (answer) {
        case ScriptedAction.Say(var lines) -> positive(lines.getLast());
        case ScriptedAction.LastWords(var lines) -> positive(lines.getLast());
        case ScriptedAction.SayLate(_, var lines) -> positive(lines.getLast());
        case ScriptedAction.HangUp(), ScriptedAction.Reset(), ScriptedAction.Silence() -> false;
      };
    }

    private static boolean positive(String reply) {
      return reply.startsWith("2");
    }

    private static String path(String line) {
      return line.substring(line.indexOf('<'), line.lastIndexOf('>') + 1);
    }
  }
}
