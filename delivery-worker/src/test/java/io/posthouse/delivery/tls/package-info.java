@NullMarked
package io.posthouse.delivery.tls;

import org.jspecify.annotations.NullMarked;
