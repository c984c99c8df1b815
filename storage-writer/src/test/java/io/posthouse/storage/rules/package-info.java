@NullMarked
package io.posthouse.storage.rules;

import org.jspecify.annotations.NullMarked;
