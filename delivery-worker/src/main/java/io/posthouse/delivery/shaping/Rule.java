package io.posthouse.delivery.shaping;

import io.posthouse.config.Settings;

/// Limits for some sites.
record Rule(Target target, Overrides overrides) {
  static Rule read(Settings in) {
    var target = Target.read(in);
    return new Rule(target, Overrides.read(in, "rule " + target));
  }
}
