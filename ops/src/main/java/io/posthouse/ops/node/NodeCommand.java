package io.posthouse.ops.node;

import picocli.CommandLine.Command;

/// `posthouse node`.
@Command(
    name = "node",
    description = "The processes of the cluster.",
    subcommands = NodeList.class,
    synopsisSubcommandLabel = "COMMAND")
public final class NodeCommand {}
