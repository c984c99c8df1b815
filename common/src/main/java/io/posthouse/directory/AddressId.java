package io.posthouse.directory;

import java.util.regex.Pattern;

/// The key of an address in the directory: 24 hexadecimal digits in lower case, as WildDuck writes
/// an ObjectId. An address without a user has no other name that lasts.
public record AddressId(String hex) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{24}");

  public AddressId {
    if (!SHAPE.matcher(hex).matches())
      throw new IllegalArgumentException(
          "address id: " + hex + " (expected: 24 hexadecimal digits)");
  }

  @Override
  public String toString() {
    return hex;
  }
}
