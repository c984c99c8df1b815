@NullMarked
package io.posthouse.storage.intake;

import org.jspecify.annotations.NullMarked;
