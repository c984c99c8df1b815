package io.posthouse.ops.cli;

/// The ports of `up` on this machine, before its offset (DESIGN §9).
public final class LocalPorts {
  public static final int SMTP = 2525;

  /// The demo's catch-all host.
  public static final int CATCH_ALL = 2526;

  public static final int SUBMISSION = 2587;
  public static final int SUBMISSIONS = 2465;
  public static final int LMTP = 2424;
  public static final int HTTP = 9400;
  public static final int KAFKA = 29092;
  public static final int MONGODB = 27117;

  private LocalPorts() {}
}
