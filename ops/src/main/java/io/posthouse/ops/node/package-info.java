/// `node list`: the processes of the cluster, by what they say of themselves.
@NullMarked
package io.posthouse.ops.node;

import org.jspecify.annotations.NullMarked;
