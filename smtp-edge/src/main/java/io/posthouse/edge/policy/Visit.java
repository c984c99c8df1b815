package io.posthouse.edge.policy;

import java.net.InetAddress;

/// The two ends of a client's connection.
///
/// @param client the client's address
/// @param here the address of ours that it has come to
public record Visit(InetAddress client, InetAddress here) {}
