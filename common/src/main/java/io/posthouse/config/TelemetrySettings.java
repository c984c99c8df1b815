package io.posthouse.config;

/// Where `/metrics` and `/health` are served.
///
/// @param port 0 lets the system choose
public record TelemetrySettings(String address, int port) {

  public static TelemetrySettings read(Settings in) {
    return new TelemetrySettings(
        in.about("address to listen on for /metrics and /health").string("address", "127.0.0.1"),
        in.about("port of the same; 0 lets the system choose").integer("port", 0, 65_535, 9400));
  }
}
