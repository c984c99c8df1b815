package io.posthouse.directory;

/// A user who may log in.
///
/// @param name as the directory writes it, whatever name or address was logged in with
/// @param recipientsPerDay the user's own limit to how many recipients mail may be sent; 0: none of
///   its own
public record Account(UserId id, String name, long recipientsPerDay) {
  public Account {
    if (recipientsPerDay < 0)
      throw new IllegalArgumentException(
          "recipients per day: " + recipientsPerDay + " (expected: 0 or more)");
  }
}
