@NullMarked
package io.posthouse.storage;

import org.jspecify.annotations.NullMarked;
