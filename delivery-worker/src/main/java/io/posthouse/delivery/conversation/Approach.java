package io.posthouse.delivery.conversation;

import io.posthouse.delivery.security.Security;

/// How an address is talked to. A connection that was opened in one way is not used in another.
///
/// @param security what the host must give us first
public record Approach(Security security) {}
