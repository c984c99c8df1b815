/// Patterns of domains and senders, as operators write them. Pure.
@NullMarked
package io.posthouse.delivery.pattern;

import org.jspecify.annotations.NullMarked;
