/// `storage indexes|check|repair`.
@NullMarked
package io.posthouse.ops.storage;

import org.jspecify.annotations.NullMarked;
