/// What travels through the queue, and samples of it for tests.
@NullMarked
package io.posthouse.message;

import org.jspecify.annotations.NullMarked;
