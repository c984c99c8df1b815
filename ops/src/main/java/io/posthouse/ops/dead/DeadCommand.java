package io.posthouse.ops.dead;

import picocli.CommandLine.Command;

/// `posthouse dead`: what we could not handle.
@Command(
    name = "dead",
    description = "Shows what we could not handle, and puts it into the queue again.",
    subcommands = {DeadList.class, DeadShow.class, DeadReplay.class, DeadExport.class},
    synopsisSubcommandLabel = "list|show|replay|export")
public final class DeadCommand {}
