package io.posthouse.lifecycle;

/// Stops a lifecycle when the system wants the process to end.
final class EndOfProcess {
  private final Thread hook;

  EndOfProcess(Lifecycle lifecycle, Runnable farewell) {
    this.hook = new Thread(() -> end(lifecycle, farewell), "end of process");
  }

  void await() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Leaves the exit code to whoever ends the process otherwise.
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It is ending already, and the hook is what ends it.
    }
  }

  private static void end(Lifecycle lifecycle, Runnable farewell) {
    var clean = lifecycle.stop();
    farewell.run();
    // A signal's own exit code (143) says that we were killed; we ended because we were asked to.
    Runtime.getRuntime().halt(clean ? 0 : 1);
  }
}
