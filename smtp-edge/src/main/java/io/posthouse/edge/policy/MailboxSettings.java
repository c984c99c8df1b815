package io.posthouse.edge.policy;

import io.posthouse.config.Settings;

/// The section `edge.mailboxes`: what our users get.
///
/// @param overQuota what is said of a full mailbox
/// @param perMinute messages of one user, unless the directory says otherwise; 0: any number
/// @param perHourFromOne messages of one user from one client address; 0: any number
public record MailboxSettings(OverQuota overQuota, int perMinute, int perHourFromOne) {
  /// What is said of a full mailbox.
  public enum OverQuota {
    /// 452 4.2.2: the client keeps the mail for a while, and the user may tidy up.
    DEFER,
    /// 552 5.2.2: the sender is told at once.
    REFUSE
  }

  public static MailboxSettings read(Settings in) {
    return new MailboxSettings(
        in.about("mail for a full mailbox: its sender's host tries again, or its sender is told")
            .choice("over_quota", OverQuota.class, OverQuota.DEFER),
        in.about("messages of a user in a minute, if the directory has no limit; 0: any number")
            .integer("messages_per_minute", 0, 10_000_000, 60),
        in.about("messages of a user in an hour from one client address; 0: any number")
            .integer("messages_per_hour_from_one", 0, 10_000_000, 100));
  }
}
