/// What would happen to mail in worlds made up here.
@NullMarked
package io.posthouse.delivery.explain;

import org.jspecify.annotations.NullMarked;
