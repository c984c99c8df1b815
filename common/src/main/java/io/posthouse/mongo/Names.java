package io.posthouse.mongo;

import java.util.List;

/// Collections and fields of WildDuck that the directory reads and writes.
final class Names {
  static final String USERS = "users";
  static final String ADDRESSES = "addresses";
  static final String DOMAIN_ALIASES = "domainaliases";
  static final String DOMAIN_CACHE = "domaincache";
  static final String APPLICATION_PASSWORDS = "asps";
  static final String MAILBOXES = "mailboxes";
  static final String SETTINGS = "settings";
  static final String SIGNING_KEYS = "dkim";

  /// What goes with a user: rules, folders, passwords of applications, what mail was about.
  static final List<String> OF_A_USER =
      List.of(
          "filters",
          "autoreplies",
          "threads",
          "addressregister",
          "journal",
          APPLICATION_PASSWORDS,
          MAILBOXES,
          ADDRESSES);

  private Names() {}
}
