@NullMarked
package io.posthouse.storage.mongo;

import org.jspecify.annotations.NullMarked;
