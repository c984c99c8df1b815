package io.posthouse.mongo;

import io.posthouse.message.Digests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bson.Document;

/// A password of a user that may be used for sending mail, as WildDuck decides it.
///
/// @param said the password as it is to be compared: application passwords are said with blanks
/// @param hash as it stands in the database
/// @param application the document of the application password; none for the user's own
record Credential(String said, String hash, List<Document> application) {
  private static final String SCOPE = "smtp";
  private static final Pattern APPLICATION_PASSWORD = Pattern.compile("[a-z]{16}");

  /// Those that `password` may be, most likely first.
  static List<Credential> candidates(Document user, List<Document> applications, String password) {
    // An empty password is nobody's, whatever hash somebody has left.
    if (password.isEmpty()) return List.of();
    var bare = password.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    var all = new ArrayList<Credential>();
    if (APPLICATION_PASSWORD.matcher(bare).matches())
      applications.stream()
          .filter(one -> mayBe(one, bare))
          .forEach(one -> all.add(new Credential(bare, text(one, "password"), List.of(one))));
    if (mayUseOwnPassword(user))
      all.add(new Credential(password, text(user, "password"), List.of()));
    return all;
  }

  /// Who has a second factor proves it where that can be asked for; SMTP cannot, so it takes an
  /// application password. A temporary password is for changing the password and nothing else.
  static boolean mayUseOwnPassword(Document user) {
    var secondFactor =
        switch (user.get("enabled2fa")) {
          case List<?> several -> !several.isEmpty();
          case Boolean any -> any;
          case null, default -> false;
        };
    return !secondFactor && !text(user, "password").isEmpty();
  }

  /// Whether the user may send mail by SMTP at all.
  static boolean isLockedOut(Document user) {
    return user.getBoolean("disabled", false)
        || user.getBoolean("suspended", false)
        || contains(user, "disabledScopes", SCOPE);
  }

  private static boolean mayBe(Document application, String password) {
    var selector = application.getString("selector");
    var expires = application.get("expires");
    // The database removes what has expired some time later.
    var expired = expires instanceof Date at && at.toInstant().isBefore(Instant.now());
    return !expired
        && (contains(application, "scopes", "*") || contains(application, "scopes", SCOPE))
        && (selector == null || selector.isEmpty() || selector.equals(selector(password)));
  }

  /// One of 32, so that of many application passwords few have to be tried.
  static String selector(String password) {
    var sum = 0;
    for (var octet : Digests.sha1(password)) sum += Byte.toUnsignedInt(octet);
    return Integer.toHexString(sum % 32);
  }

  private static boolean contains(Document document, String field, String value) {
    return document.get(field) instanceof List<?> values && values.contains(value);
  }

  private static String text(Document document, String field) {
    return document.get(field) instanceof String text ? text : "";
  }
}
