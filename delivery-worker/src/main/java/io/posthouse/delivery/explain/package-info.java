/// What would happen to mail for an address, and why; nothing is sent.
@NullMarked
package io.posthouse.delivery.explain;

import org.jspecify.annotations.NullMarked;
