package io.posthouse.dns;

import io.posthouse.message.Octets;

/// A TLSA record (RFC 6698 §2.1), as it was published: any octet may stand in each field.
///
/// @param usage which certificate it is about
/// @param selector which part of that certificate
/// @param matching how `association` stands for that part
public record Tlsa(int usage, int selector, int matching, Octets association) {}
