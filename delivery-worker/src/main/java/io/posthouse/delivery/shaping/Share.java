package io.posthouse.delivery.shaping;

import io.posthouse.message.SiteName;

/// What is counted together: a site, or those of its domains that one rule sets apart.
///
/// @param name the same for the same share, in all settings and restarts
public record Share(String name, Limits limits) {
  /// What operators call it.
  public SiteName site() {
    return SiteName.of(name);
  }
}
