package io.posthouse.ops.queue;

import picocli.CommandLine.Command;

/// `posthouse queue`: what has not been delivered yet.
@Command(
    name = "queue",
    description = "Shows what is in the queue, over all nodes, and acts on it.",
    subcommands = {
      QueueSummary.class,
      QueueList.class,
      QueueShow.class,
      QueueReplay.class,
      QueueHold.class,
      QueueRelease.class,
      QueueFlush.class,
      QueueBounce.class,
      QueueDrop.class,
      QueueReroute.class,
      QueueUndo.class,
      QueueActs.class
    },
    synopsisSubcommandLabel =
        "summary|list|show|replay|hold|release|flush|bounce|drop|reroute|undo|acts")
public final class QueueCommand {}
