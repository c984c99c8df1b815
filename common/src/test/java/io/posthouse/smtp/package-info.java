@NullMarked
package io.posthouse.smtp;

import org.jspecify.annotations.NullMarked;
