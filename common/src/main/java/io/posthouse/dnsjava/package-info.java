/// [io.posthouse.dns.Dns] by dnsjava, which nothing outside this package sees.
@NullMarked
package io.posthouse.dnsjava;

import org.jspecify.annotations.NullMarked;
