package io.posthouse.ops.topics;

import picocli.CommandLine.Command;

/// `posthouse topics`: what the queue needs in Kafka.
@Command(
    name = "topics",
    description =
        "Creates the topics of the queue, and says what is wrong with those that are there.",
    subcommands = {TopicsCreate.class, TopicsCheck.class},
    synopsisSubcommandLabel = "create|check")
public final class TopicsCommand {}
