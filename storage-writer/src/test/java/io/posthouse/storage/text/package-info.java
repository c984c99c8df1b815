@NullMarked
package io.posthouse.storage.text;

import org.jspecify.annotations.NullMarked;
