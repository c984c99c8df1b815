package io.posthouse.edge.policy;

import io.posthouse.config.Settings;

/// The section `edge.submission`: what our users may do once they have logged in.
///
/// @param observesFrom whether an author that is not the user's is an event
/// @param messagesPerHour of a user; 0: any number
/// @param recipientsPerDay of a user who has no limit of its own in the directory; 0: any number
public record SubmissionSettings(
    Ownership sender, boolean observesFrom, int messagesPerHour, int recipientsPerDay) {
  /// What is done about a sender that is not the user's.
  public enum Ownership {
    /// The sender is refused.
    ENFORCE,
    /// It is an event, and the mail is taken.
    OBSERVE,
    /// Nothing.
    OFF
  }

  public static SubmissionSettings read(Settings in) {
    return new SubmissionSettings(
        in.about("a user sends as one of its own addresses only")
            .choice("sender", Ownership.class, Ownership.ENFORCE),
        in.about("an author in From that is no address of the user's is an event")
            .bool("observe_from", true),
        in.about("messages of a user in an hour; 0: any number")
            .integer("messages_per_hour", 0, 10_000_000, 0),
        in.about("recipients of a user in a day, if the directory has no limit; 0: any number")
            .integer("recipients_per_day", 0, 10_000_000, 0));
  }
}
