/// What the world publishes about the TLS of its hosts: DANE in the DNS, MTA-STS on policy hosts.
@NullMarked
package io.posthouse.delivery.policy;

import org.jspecify.annotations.NullMarked;
