/// How a process begins and ends: its parts start in order and drain in reverse.
@NullMarked
package io.posthouse.lifecycle;

import org.jspecify.annotations.NullMarked;
