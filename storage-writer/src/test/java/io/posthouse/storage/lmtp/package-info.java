@NullMarked
package io.posthouse.storage.lmtp;

import org.jspecify.annotations.NullMarked;
