@NullMarked
package io.posthouse.edge.login;

import org.jspecify.annotations.NullMarked;
