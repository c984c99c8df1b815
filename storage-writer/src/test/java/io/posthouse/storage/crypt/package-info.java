@NullMarked
package io.posthouse.storage.crypt;

import org.jspecify.annotations.NullMarked;
