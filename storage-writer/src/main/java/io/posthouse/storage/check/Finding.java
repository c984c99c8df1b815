package io.posthouse.storage.check;

/// Something that is not as it should be.
///
/// @param where which folder, message or file
/// @param what with the value that was expected
public record Finding(Kind kind, String where, String what) {
  public enum Kind {
    /// The message cannot be made again, or not as it was stored.
    MESSAGE,
    /// Two messages have one number, or one that is still to be given out.
    NUMBER,
    /// What is searched for is not what the flags say.
    FLAGS,
    /// Open sessions were not told of it.
    JOURNAL,
    /// The user's count of octets.
    QUOTA,
    /// A file's count of messages: if too low, it is deleted too early.
    ATTACHMENT
  }
}
