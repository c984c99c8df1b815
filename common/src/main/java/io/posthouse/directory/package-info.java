/// Who is local: users, their addresses and their passwords.
@NullMarked
package io.posthouse.directory;

import org.jspecify.annotations.NullMarked;
