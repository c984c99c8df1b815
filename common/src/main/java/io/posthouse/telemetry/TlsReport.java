package io.posthouse.telemetry;

import io.posthouse.address.Domain;

/// The TLS of a connection, as reports count it (RFC 8460 §4).
///
/// @param domain whose mail it is for
/// @param policy who said what the host must give us: `dane`, `mta-sts`, `default` ...
/// @param use what it gave
/// @param reused the connection was there already, so this is no session more
public record TlsReport(Domain domain, String policy, TlsUse use, boolean reused) {}
