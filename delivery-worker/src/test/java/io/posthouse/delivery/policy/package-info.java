/// What DANE and MTA-STS make of the answers of the DNS.
@NullMarked
package io.posthouse.delivery.policy;

import org.jspecify.annotations.NullMarked;
