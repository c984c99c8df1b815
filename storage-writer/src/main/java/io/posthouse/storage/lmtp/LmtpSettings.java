package io.posthouse.storage.lmtp;

import io.posthouse.config.Form;
import io.posthouse.config.HostPort;
import io.posthouse.config.Settings;
import java.util.Optional;

/// The section `storage.lmtp`: where WildDuck takes mail.
///
/// @param connections messages being handed over at a time
public record LmtpSettings(HostPort server, int connections) {
  /// WildDuck's default.
  private static final int PORT = 2424;

  private static final int CONNECTIONS = 4;

  /// What is written; empty where no `host` is.
  public static Optional<LmtpSettings> read(Settings in) {
    var host =
        in.about("WildDuck's LMTP server, for mail that is handed over")
            .optional("host", Form.matching("[A-Za-z0-9._:-]+", "a name or address"));
    var port = in.about("its port").integer("port", 1, 65_535, PORT);
    var connections =
        in.about("messages being handed over at a time").integer("connections", 1, 64, CONNECTIONS);
    return host.map(name -> new LmtpSettings(new HostPort(name, port), connections));
  }
}
