/// May mail come from this sender, may it go to this recipient?
@NullMarked
package io.posthouse.edge.policy;

import org.jspecify.annotations.NullMarked;
