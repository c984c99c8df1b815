/// The demo: two users, and a catch-all host that stands for the world.
@NullMarked
package io.posthouse.ops.demo;

import org.jspecify.annotations.NullMarked;
