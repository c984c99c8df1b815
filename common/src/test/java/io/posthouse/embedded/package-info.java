@NullMarked
package io.posthouse.embedded;

import org.jspecify.annotations.NullMarked;
