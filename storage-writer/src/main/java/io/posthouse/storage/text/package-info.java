/// What a person reads in a message, for search and preview: text parts decoded, plain text made of
/// HTML and HTML of plain text. Reads whatever it is given, and no more of it than is wanted.
@NullMarked
package io.posthouse.storage.text;

import org.jspecify.annotations.NullMarked;
