package io.posthouse.telemetry;

/// A page that is made for whoever asks for it. It changes nothing, as it answers GET.
@FunctionalInterface
public interface Page {
  /// Called by many at once; an exception is a bug of ours, and told as such.
  Content answer(Query query);

  /// Where pages are put up.
  @FunctionalInterface
  interface Board {
    /// Puts one up, at any time.
    ///
    /// @param path all of it, such as `/delivery/explain`
    void add(String path, Page page);
  }

  /// What is shown.
  ///
  /// @param status as in HTTP
  /// @param type of the text, as in `Content-Type`
  record Content(int status, String type, String text) {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    public static Content json(String text) {
      return new Content(200, JSON, text);
    }

    public static Content text(int status, String text) {
      return new Content(status, TEXT, text);
    }
  }
}
