/// `posthouse dkim`: the keys that sign mail, and whether the DNS knows them.
@NullMarked
package io.posthouse.ops.dkim;

import org.jspecify.annotations.NullMarked;
