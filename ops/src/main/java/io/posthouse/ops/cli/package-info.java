/// What all commands share: how to find the cluster, what to print, how to end.
@NullMarked
package io.posthouse.ops.cli;

import org.jspecify.annotations.NullMarked;
