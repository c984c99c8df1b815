package io.posthouse.embedded;

/// One database server for all the tests of a JVM, in memory. Each class has a database of its own.
public final class TestMongo {
  private final EmbeddedMongo mongo = EmbeddedMongo.inMemory();

  private TestMongo() {
    Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "test-mongo-stop"));
  }

  /// Starts it the first time; it stops with the JVM.
  public static TestMongo shared() {
    return Shared.MONGO;
  }

  /// The connection string.
  public String uri() {
    return mongo.uri();
  }

  /// The name of an empty database; another one at each call.
  public String freshDatabase(Class<?> test) {
    return Fresh.name(test);
  }

  private static final class Shared {
    static final TestMongo MONGO = new TestMongo();
  }
}
