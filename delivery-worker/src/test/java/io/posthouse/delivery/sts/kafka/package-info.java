/// MTA-STS: its texts, its memory, its policy hosts.
@NullMarked
package io.posthouse.delivery.sts.kafka;

import org.jspecify.annotations.NullMarked;
