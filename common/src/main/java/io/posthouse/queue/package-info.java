/// The queue between the roles: its ports, its topics and the records in them.
@NullMarked
package io.posthouse.queue;

import org.jspecify.annotations.NullMarked;
