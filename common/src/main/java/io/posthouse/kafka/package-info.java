/// The queue in Kafka: the only package that knows Kafka's clients.
@NullMarked
package io.posthouse.kafka;

import org.jspecify.annotations.NullMarked;
