/// Whether a claim is true: asks the directory, minds those who guess, and tells what came of it.
@NullMarked
package io.posthouse.edge.login;

import org.jspecify.annotations.NullMarked;
