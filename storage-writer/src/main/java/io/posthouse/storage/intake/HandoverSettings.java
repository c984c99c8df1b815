package io.posthouse.storage.intake;

import io.posthouse.config.Settings;
import io.posthouse.storage.lmtp.LmtpSettings;
import java.util.Optional;

/// Who stores whose mail: the keys `storage.mode` and `storage.unsupported`, and the section
/// `storage.lmtp`.
///
/// @param mode who stores all mail but that of users who have what we do not know
/// @param unsupported who stores theirs
/// @param lmtp where mail is handed over; there wherever somebody else is to store some
public record HandoverSettings(Mode mode, Unsupported unsupported, Optional<LmtpSettings> lmtp) {
  /// We store everything.
  public static final HandoverSettings NONE =
      new HandoverSettings(Mode.MONGODB, Unsupported.STORE, Optional.empty());

  public HandoverSettings {
    if (lmtp.isEmpty() && (mode == Mode.LMTP || unsupported == Unsupported.HANDOVER))
      throw new IllegalArgumentException("hand-over: to nobody (expected: lmtp.host)");
  }

  public enum Mode {
    /// We do.
    MONGODB,
    /// WildDuck does, and has it from us by LMTP.
    LMTP
  }

  public enum Unsupported {
    /// WildDuck does, and has it from us by LMTP.
    HANDOVER,
    /// We do, as well as we can, and say what is missing.
    STORE
  }

  static HandoverSettings read(Settings in) {
    var lmtp = LmtpSettings.read(in.section("lmtp"));
    var mode =
        in.about("who stores mail: mongodb: we do; lmtp: WildDuck does, and has it from us by LMTP")
            .choice("mode", Mode.class, Mode.MONGODB);
    var byDefault = lmtp.isPresent() ? Unsupported.HANDOVER : Unsupported.STORE;
    var unsupported =
        in.about(
                "mail of users who have in WildDuck what we do not know: handover (where lmtp.host"
                    + " is set) or store")
            .choice("unsupported", Unsupported.class, byDefault);
    if (lmtp.isPresent()) return new HandoverSettings(mode, unsupported, lmtp);
    if (mode == Mode.LMTP) in.problem("mode", "lmtp, to nobody (expected: lmtp.host too)");
    if (unsupported == Unsupported.HANDOVER)
      in.problem("unsupported", "handover, to nobody (expected: lmtp.host too)");
    return NONE;
  }

  /// Whether mail of users who have what we do not know goes to somebody who does.
  public boolean isForUnsupported() {
    return unsupported == Unsupported.HANDOVER;
  }
}
