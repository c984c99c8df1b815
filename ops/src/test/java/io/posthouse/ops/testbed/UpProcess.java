package io.posthouse.ops.testbed;

import io.posthouse.config.HostPort;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.ops.cli.LocalPorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/// `posthouse up --demo` in a process of its own, on ports that are free.
public final class UpProcess implements AutoCloseable {
  private static final List<Integer> PORTS =
      List.of(
          LocalPorts.SMTP,
          LocalPorts.SUBMISSION,
          LocalPorts.SUBMISSIONS,
          LocalPorts.LMTP,
          LocalPorts.HTTP,
          LocalPorts.KAFKA,
          LocalPorts.MONGODB,
          LocalPorts.CATCH_ALL);

  private final int offset = FreePorts.offset(PORTS);
  private final Path data;
  private PosthouseProcess process;

  /// One for all test classes that leave it running.
  public static UpProcess shared() {
    return Shared.UP;
  }

  /// Started and ready.
  public UpProcess(Path data) {
    this.data = data;
    process = launch();
    process.awaitLine("ready");
  }

  /// SIGKILL, and a new start.
  public void killAndStart() {
    process.kill();
    process = launch();
    process.awaitLine("ready");
  }

  /// SIGTERM; how it ended.
  public Ended terminate() {
    return process.terminate();
  }

  /// A new start after an end.
  public void start() {
    process = launch();
    process.awaitLine("ready");
  }

  /// One of [LocalPorts], shifted.
  public int port(int local) {
    return local + offset;
  }

  /// Where it listens, on one of [LocalPorts].
  public HostPort at(int local) {
    return new HostPort("127.0.0.1", port(local));
  }

  public HttpProbe http() {
    return new HttpProbe(port(LocalPorts.HTTP));
  }

  /// Its folder.
  public Path data() {
    return data;
  }

  /// The UIDs in a user's mailbox.
  public List<Integer> uids(String user) {
    return run("mailbox", "list", user, "--format", "json")
        .text()
        .lines()
        .map(line -> Document.parse(line).getInteger("uid"))
        .toList();
  }

  /// All it has printed so far.
  public String said() {
    return process.said();
  }

  /// Runs a command, which finds this platform by its ports alone.
  public Ended run(String... command) {
    var all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--port-offset", String.valueOf(offset)));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Override
  public void close() {
    process.close();
  }

  private PosthouseProcess launch() {
    return PosthouseProcess.start(
        "up", "--demo", "--data", data.toString(), "--port-offset", String.valueOf(offset));
  }

  private static final class Shared {
    static final UpProcess UP = new UpProcess(Testbed.folder("up"));
  }
}
