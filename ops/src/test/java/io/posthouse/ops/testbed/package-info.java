/// What end-to-end tests are made of: Posthouse in processes of its own, a cluster that outlives
/// them, and the clients and hosts around them.
@NullMarked
package io.posthouse.ops.testbed;

import org.jspecify.annotations.NullMarked;
