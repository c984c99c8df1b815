package io.posthouse.edge.intake;

import java.util.Optional;

/// What the edge wants to know of a message's header: how far it has come, and which fields are
/// there.
///
/// @param received how many Received fields there are, one for each host so far
/// @param messageId the field's value, for events
/// @param author the value of From, as octets
record HeaderScan(
    int received, boolean hasDate, Optional<String> messageId, Optional<String> author) {}
