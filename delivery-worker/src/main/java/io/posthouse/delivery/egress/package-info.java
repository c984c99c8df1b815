/// Where our connections come from: pools of our own addresses, and the name that goes with them.
@NullMarked
package io.posthouse.delivery.egress;

import org.jspecify.annotations.NullMarked;
