package io.posthouse.storage.rules;

import io.posthouse.address.Domain;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the rules of users are written. Blocks, so call it on a virtual thread.
public interface RuleBook {
  /// The rules of these users; of those who are not there any more, [UserRules#NONE]. They may be a
  /// few seconds old.
  ///
  /// @throws IOException if it cannot be looked up now
  Map<UserId, UserRules> rules(Set<UserId> of) throws IOException;

  /// What is said of any of these domains to users with any of these tags.
  ///
  /// @throws IOException if it cannot be looked up now
  List<DomainAccess> access(Set<String> tags, Set<Domain> domains) throws IOException;

  /// Where the mail of an address goes; empty where it is not there any more.
  ///
  /// @throws IOException if it cannot be looked up now
  Optional<AddressRules> address(AddressId address) throws IOException;
}
