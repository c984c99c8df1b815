/// Programs of other people that we talk to in tests.
@NullMarked
package io.posthouse.peers;

import org.jspecify.annotations.NullMarked;
