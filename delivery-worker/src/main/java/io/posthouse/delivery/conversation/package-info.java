/// The SMTP client: one conversation with one address, in the order of RFC 5321, on a thread that
/// may block. It reports what it heard; what that means is for others to say.
@NullMarked
package io.posthouse.delivery.conversation;

import org.jspecify.annotations.NullMarked;
