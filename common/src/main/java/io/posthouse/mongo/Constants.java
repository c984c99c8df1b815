package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// What holds for all users, from WildDuck's collection `settings`.
///
/// @param storage octets of a user without a quota of its own
/// @param forwards copies a day of a forwarded address without a limit of its own
/// @param listedDomainsOnly whether a domain that `domaincache` does not list is none of ours,
///   whatever addresses there are in it
record Constants(long storage, long forwards, boolean listedDomainsOnly) {
  /// Where nobody changed anything.
  static final Constants DEFAULT = new Constants(1L << 30, 2000, false);

  private static final String STORAGE = "const:max:storage";
  private static final String FORWARDS = "const:max:forwards";
  private static final String LISTED_ONLY = "const:domaincache:enabled";

  static Constants read(MongoDatabase db) {
    Map<String, Object> values = new HashMap<>();
    for (var setting :
        db.getCollection(Names.SETTINGS).find(in("key", STORAGE, FORWARDS, LISTED_ONLY)))
      put(values, setting);
    return new Constants(
        positive(values.get(STORAGE), DEFAULT.storage),
        positive(values.get(FORWARDS), DEFAULT.forwards),
        Boolean.TRUE.equals(values.get(LISTED_ONLY)));
  }

  private static void put(Map<String, Object> values, Document setting) {
    var value = setting.get("value");
    if (value != null) values.put(setting.getString("key"), value);
  }

  private static long positive(@Nullable Object value, long byDefault) {
    return value instanceof Number number && number.longValue() > 0
        ? number.longValue()
        : byDefault;
  }
}
