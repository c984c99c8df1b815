/// Addresses that do not work are left alone for a while. Alone in importing resilience4j.
@NullMarked
package io.posthouse.delivery.breaker;

import org.jspecify.annotations.NullMarked;
