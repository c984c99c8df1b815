@NullMarked
package io.posthouse.mongo;

import org.jspecify.annotations.NullMarked;
