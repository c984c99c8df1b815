/// How much mail a site gets at a time, how fast, and what its replies do to that. Pure: time is
/// given from outside, and nothing here blocks.
@NullMarked
package io.posthouse.delivery.shaping;

import org.jspecify.annotations.NullMarked;
