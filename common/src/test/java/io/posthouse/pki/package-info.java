/// Certificates made for a test, in a moment and without files.
@NullMarked
package io.posthouse.pki;

import org.jspecify.annotations.NullMarked;
