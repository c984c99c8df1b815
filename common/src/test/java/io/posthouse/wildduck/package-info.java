/// The real WildDuck, and the clients of a mailbox that ask it.
@NullMarked
package io.posthouse.wildduck;

import org.jspecify.annotations.NullMarked;
