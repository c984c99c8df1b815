/// What can be wrong with stored mail, and what was mended, in words for the operator.
@NullMarked
package io.posthouse.storage.check;

import org.jspecify.annotations.NullMarked;
