/// The real WildDuck serves what we store.
@NullMarked
package io.posthouse.storage.wildduck;

import org.jspecify.annotations.NullMarked;
