/// The queue in the words of those who use it; `io.posthouse.kafka` puts it into Kafka.
@NullMarked
package io.posthouse.queue;

import org.jspecify.annotations.NullMarked;
