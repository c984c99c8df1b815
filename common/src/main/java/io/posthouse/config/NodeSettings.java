package io.posthouse.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Who this process is.
///
/// @param id its name among the others, in events, metrics and consumer groups: unique and lasting
/// @param hostname its name on the wire: in greetings, HELO and `Received` lines
public record NodeSettings(String id, String hostname) {

  public static NodeSettings read(Settings in) {
    var machine = machine();
    return new NodeSettings(
        in.about("name of this node among the others; unique, and the same after a restart")
            .value(
                "id",
                Form.matching("[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "letters, digits, . _ -"),
                machine),
        in.about("name in greetings, HELO and Received lines; should resolve to this host")
            .value("hostname", Form.matching(HOST_NAME, "a host name"), machine));
  }

  private static final String HOST_NAME =
      "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*";

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }
}
