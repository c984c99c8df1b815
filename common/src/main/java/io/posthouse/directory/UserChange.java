package io.posthouse.directory;

import java.util.List;

/// One thing that an operator changes about a user.
public sealed interface UserChange {
  /// What the user is called.
  record Name(String name) implements UserChange {}

  /// Most octets the mailbox may hold; 0 for the default.
  record Quota(long octets) implements UserChange {
    public Quota {
      if (octets < 0)
        throw new IllegalArgumentException("quota: " + octets + " (expected: 0 or more)");
    }
  }

  /// Whether all is refused to the user: mail and logins.
  record Disabled(boolean disabled) implements UserChange {}

  /// Whether logins are refused, while mail still arrives.
  record Suspended(boolean suspended) implements UserChange {}

  /// From 0, where everything is spam, to 100, where nothing is.
  record SpamLevel(int level) implements UserChange {
    public SpamLevel {
      if (level < 0 || level > 100)
        throw new IllegalArgumentException("spam level: " + level + " (expected: 0..100)");
    }
  }

  /// How many at most; 0 for the default.
  record Limit(Kind kind, int most) implements UserChange {
    public enum Kind {
      /// Recipients of what the user sends in a day.
      RECIPIENTS,
      /// Messages sent on for the user in a day.
      FORWARDS,
      /// Messages that the user receives in a minute.
      RECEIVED
    }

    public Limit {
      if (most < 0) throw new IllegalArgumentException("limit: " + most + " (expected: 0 or more)");
    }
  }

  /// Where all mail of the user is sent on to; none for nowhere.
  record Targets(List<ForwardTarget> targets) implements UserChange {
    public Targets {
      targets = List.copyOf(targets);
    }
  }

  /// Words that rules and lists of users go by.
  record Tags(List<String> tags) implements UserChange {
    public Tags {
      tags = List.copyOf(tags);
    }
  }

  /// Whether what is stored is encrypted for the user.
  record Encryption(boolean on) implements UserChange {}

  /// The user's OpenPGP key, as text.
  record PublicKey(String armoured) implements UserChange {
    private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    public PublicKey {
      armoured = armoured.strip();
      if (!armoured.startsWith(BEGIN))
        throw new IllegalArgumentException("public key: none (expected: " + BEGIN + " …)");
    }
  }
}
