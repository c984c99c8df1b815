/// DKIM signatures (RFC 6376, RFC 8463): what is signed, how, and with whose key. Reads messages as
/// they pass, and knows neither the wire nor the database.
@NullMarked
package io.posthouse.dkim;

import org.jspecify.annotations.NullMarked;
