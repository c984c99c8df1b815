/// What travels through the queue: the envelope, the content and the trace (RFC 5321 §2.3.1).
@NullMarked
package io.posthouse.message;

import org.jspecify.annotations.NullMarked;
