/// MongoDB in WildDuck's layout: the connection every role shares, and the directory of users.
@NullMarked
package io.posthouse.mongo;

import org.jspecify.annotations.NullMarked;
