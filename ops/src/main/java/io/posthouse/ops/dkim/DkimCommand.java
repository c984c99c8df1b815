package io.posthouse.ops.dkim;

import picocli.CommandLine.Command;

/// `posthouse dkim`: the keys that sign what our users send.
@Command(
    name = "dkim",
    description = "Makes keys that sign mail, and checks whether the DNS knows them.",
    subcommands = {DkimKey.class, DkimCheck.class},
    synopsisSubcommandLabel = "key|check")
public final class DkimCommand {}
