@NullMarked
package io.posthouse.storage.redis;

import org.jspecify.annotations.NullMarked;
