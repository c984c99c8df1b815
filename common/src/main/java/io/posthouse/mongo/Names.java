package io.posthouse.mongo;

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

  private Names() {}
}
