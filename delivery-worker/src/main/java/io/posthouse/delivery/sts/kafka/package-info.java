/// The adapter between the memory of policies and the topic in which it lies.
@NullMarked
package io.posthouse.delivery.sts.kafka;

import org.jspecify.annotations.NullMarked;
