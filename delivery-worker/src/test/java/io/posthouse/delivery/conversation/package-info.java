/// Tests of this package.
@NullMarked
package io.posthouse.delivery.conversation;

import org.jspecify.annotations.NullMarked;
