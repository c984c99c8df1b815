/// The words of SMTP, for both ends of the wire (RFC 5321, RFC 2034, RFC 3463).
@NullMarked
package io.posthouse.smtp;

import org.jspecify.annotations.NullMarked;
