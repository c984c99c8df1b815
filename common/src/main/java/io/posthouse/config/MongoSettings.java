package io.posthouse.config;

import java.util.regex.Pattern;

/// The MongoDB that holds mailboxes and the directory.
///
/// @param uri where it is, user and password included
/// @param database the one the URI names, else `posthouse`
public record MongoSettings(Secret uri, String database) {
  private static final Pattern URI =
      Pattern.compile("mongodb(?:\\+srv)?://(?:[^/@]*@)?[^/?@]+(?:/(?<database>[^?]*))?(?:\\?.*)?");
  private static final Form<Secret> FORM =
      new Form<>(
          "mongodb://[USER:PASSWORD@]HOST[:PORT][/DATABASE]",
          MongoSettings::parse,
          Secret::toString,
          java.util.List.of());

  public static MongoSettings read(Settings in) {
    var local = Secret.uri("mongodb://localhost:27017/posthouse");
    var uri =
        in.about("where MongoDB is; the password best as ${file:PATH} or ${env:NAME}")
            .value("uri", FORM, local);
    return new MongoSettings(uri, database(uri));
  }

  private static Secret parse(String text) {
    if (!URI.matcher(text).matches()) throw new IllegalArgumentException("uri");
    return Secret.uri(text);
  }

  private static String database(Secret uri) {
    var found = URI.matcher(uri.text());
    if (!found.matches() || found.group("database") == null || found.group("database").isEmpty())
      return "posthouse";
    return found.group("database");
  }
}
