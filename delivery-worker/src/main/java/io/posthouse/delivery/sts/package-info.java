/// MTA-STS (RFC 8461): what a domain says, over HTTPS, about the TLS of its hosts, and how long
/// that is remembered. All but `HttpsPolicyHosts` is pure.
@NullMarked
package io.posthouse.delivery.sts;

import org.jspecify.annotations.NullMarked;
