@NullMarked
package io.posthouse.storage.outbound;

import org.jspecify.annotations.NullMarked;
