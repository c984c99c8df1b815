/// How much one client, one network and all of them together may ask of this node. Pure: values and
/// a nano clock.
@NullMarked
package io.posthouse.edge.limits;

import org.jspecify.annotations.NullMarked;
