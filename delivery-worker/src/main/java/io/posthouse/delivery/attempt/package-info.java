/// One attempt: every address of every host on the route, until each recipient has an outcome.
@NullMarked
package io.posthouse.delivery.attempt;

import org.jspecify.annotations.NullMarked;
