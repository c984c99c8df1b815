package io.posthouse.embedded;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Names no other test of this JVM has, which say whose they are.
final class Fresh {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int LONGEST = 40; // a database's name has 63 bytes at most

  private Fresh() {}

  static String name(Class<?> test) {
    var simple = test.getSimpleName().toLowerCase(Locale.ROOT);
    return simple.substring(0, Math.min(simple.length(), LONGEST)) + "-" + COUNT.incrementAndGet();
  }
}
