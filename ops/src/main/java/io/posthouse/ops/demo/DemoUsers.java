package io.posthouse.ops.demo;

import io.posthouse.address.MailAddress;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.cli.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The users of the demo, made once; their passwords are in a file, a line `ADDRESS PASSWORD` each.
public final class DemoUsers implements Service {
  private static final List<String> ADDRESSES = List.of("alice@example.test", "bob@example.test");

  private final Mongo mongo;
  private final Path passwords;

  public DemoUsers(Mongo mongo, Path passwords) {
    this.mongo = mongo;
    this.passwords = passwords;
  }

  @Override
  public String name() {
    return "demo users";
  }

  @Override
  public void start() {
    try {
      var known = known();
      for (var address : ADDRESSES) known.putIfAbsent(address, newPassword());
      OwnerOnly.write(passwords, text(known));
      for (var address : ADDRESSES) ensure(address, known.getOrDefault(address, ""));
    } catch (IOException e) {
      throw new CannotStartException("demo users: " + e.getMessage(), e);
    } catch (MongoDown e) {
      throw new CannotStartException("demo users: " + e.why(), e);
    }
  }

  @Override
  public void drain(Duration deadline) {}

  @Override
  public void close() {}

  /// Creates the user, or gives it the password of the file, which is what the demo's readers try.
  private void ensure(String address, String password) throws MongoDown {
    var users = new MongoUsers(mongo);
    switch (users.create(MailAddress.of(address), password, 0)) {
      case MongoUsers.Creation.Created _ -> {}
      case MongoUsers.Creation.AddressTaken _ -> users.setPassword(address, password);
    }
  }

  private Map<String, String> known() throws IOException {
    var known = new LinkedHashMap<String, String>();
    if (!Files.exists(passwords)) return known;
    for (var line : Files.readAllLines(passwords)) {
      var space = line.indexOf(' ');
      if (space > 0) known.put(line.substring(0, space), line.substring(space + 1));
    }
    return known;
  }

  private static String text(Map<String, String> passwords) {
    return passwords.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String newPassword() {
    var octets = new byte[6];
    new SecureRandom().nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }
}
