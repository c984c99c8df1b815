package io.posthouse.ops.testbed;

import io.posthouse.peers.Peer;
import io.posthouse.peers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Postfix's `smtp-sink` as an MX host that writes down all it gets.
public final class SinkPeer implements AutoCloseable {
  private final int port = Ports.free();
  private final Path mails;
  private final Process process;

  /// Listening on 127.0.0.1.
  public SinkPeer() {
    var sink = Peer.named("smtp-sink");
    mails = folderForNobody().resolve("mails");
    var arguments = new ArrayList<String>();
    // It refuses to be root.
    if ("root".equals(System.getProperty("user.name"))) arguments.addAll(List.of("-u", "nobody"));
    arguments.addAll(List.of("-D", mails.toString(), "127.0.0.1:" + port, "1000"));
    process = sink.start(arguments.toArray(String[]::new));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Eventually.holds("smtp-sink listens", () -> FreePorts.isTaken(port));
  }

  public int port() {
    return port;
  }

  /// All mails, one after the other, as it has written them down.
  public String dump() {
    try {
      return Files.exists(mails) ? Files.readString(mails, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The Message-IDs of all mails, one for each copy.
  public List<String> ids() {
    return SampleMessage.all(dump());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// Below the system's own temporary folder, which `nobody` can enter.
  private static Path folderForNobody() {
    try {
      var folder = Files.createTempDirectory("smtp-sink");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
