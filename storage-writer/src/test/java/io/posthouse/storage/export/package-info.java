@NullMarked
package io.posthouse.storage.export;

import org.jspecify.annotations.NullMarked;
