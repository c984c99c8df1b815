@NullMarked
package io.posthouse.address;

import org.jspecify.annotations.NullMarked;
