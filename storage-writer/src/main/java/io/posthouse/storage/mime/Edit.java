package io.posthouse.storage.mime;

import io.posthouse.message.Octets;

/// Where the message that its parts make differs from the message that came.
///
/// @param at octets of the made message before it
/// @param cut octets of the made message that did not come
/// @param put octets that came in their place
public record Edit(long at, int cut, Octets put) {}
