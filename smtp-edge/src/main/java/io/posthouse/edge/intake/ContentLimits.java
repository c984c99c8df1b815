package io.posthouse.edge.intake;

import io.posthouse.config.ByteSize;
import io.posthouse.config.Settings;

/// What content may be made of. All of it is looked at as it comes; what is beyond is refused for
/// good, as it will not get better.
///
/// @param message octets
/// @param line octets of one line, its end included. RFC 5321 §4.5.3.1.6 allows 1000, which many
///   exceed; those lines are kept as they are. Of binary content there are no lines
/// @param header octets of the header, and of the header of each MIME part
/// @param fields of one header
/// @param mimeDepth MIME parts within parts (RFC 2046)
/// @param mimeParts of a message
/// @param hops Received fields (RFC 5321 §6.3)
/// @param ownHops how often a message may have been here before: Received fields of ours, or
///   Delivered-To fields of one of its recipients
public record ContentLimits(
    ByteSize message,
    ByteSize line,
    ByteSize header,
    int fields,
    int mimeDepth,
    int mimeParts,
    int hops,
    int ownHops) {

  /// Reads the section `edge.limits`, as far as it is about content.
  public static ContentLimits read(Settings in) {
    var most = Integer.MAX_VALUE;
    return new ContentLimits(
        in.about("longest message, as announced by SIZE")
            .size("message_size", ByteSize.kib(64), ByteSize.mib(1024), ByteSize.mib(50)),
        in.about("longest line of a message; longer than RFC 5321 has it, as is much mail")
            .size("line", new ByteSize(1000), ByteSize.mib(1024), ByteSize.mib(1)),
        in.about("longest header of a message or of a MIME part")
            .size("header", ByteSize.kib(16), ByteSize.mib(64), ByteSize.kib(512)),
        in.about("fields of one header").integer("header_fields", 100, most, 2000),
        in.about("MIME parts within parts").integer("mime_depth", 5, 1000, 100),
        in.about("MIME parts of a message").integer("mime_parts", 100, most, 10_000),
        in.about("hosts a message may have come through").integer("hops", 25, 1000, 50),
        in.about("times a message may have been here before: it loops")
            .integer("own_hops", 1, 1000, 10));
  }
}
