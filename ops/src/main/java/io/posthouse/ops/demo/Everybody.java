package io.posthouse.ops.demo;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.Directory;
import io.posthouse.directory.UserId;

/// The directory of the catch-all host: every address is a user there.
final class Everybody implements Directory {
  private static final UserId SOMEBODY = new UserId("0".repeat(24));

  @Override
  public Resolution resolve(MailAddress address) {
    return new Resolution.LocalUser(SOMEBODY);
  }
}
