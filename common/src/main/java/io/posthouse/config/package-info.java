/// Settings: one YAML file, read once into immutable records, all its problems in one run.
///
/// A record reads itself from its section with `static X read(Settings in)`; nothing else in the
/// house knows that there is a file.
@NullMarked
package io.posthouse.config;

import org.jspecify.annotations.NullMarked;
