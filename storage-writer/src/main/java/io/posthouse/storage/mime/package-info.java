/// Messages taken apart without changing an octet: MIME structure (RFC 2045, 2046) over the message
/// as it came.
@NullMarked
package io.posthouse.storage.mime;

import org.jspecify.annotations.NullMarked;
