package io.posthouse.storage.rules;

import io.posthouse.address.Domain;

/// Mail of a domain is, or is not, spam for all users with a tag.
///
/// @param id as the directory writes it
/// @param tag in lower case
/// @param blocked or else allowed
public record DomainAccess(String id, String tag, Domain domain, boolean blocked) {
  /// As WildDuck notes it at a message.
  String note() {
    return (blocked ? "block:" : "allow:") + tag + ":" + id;
  }
}
