package io.posthouse.ops.demo;

import picocli.CommandLine.Command;

/// `posthouse demo`.
@Command(
    name = "demo",
    description = "Looks at what `up --demo` did with mail for the rest of the world.",
    subcommands = {DemoInboxCommand.class},
    synopsisSubcommandLabel = "inbox")
public final class DemoCommand {}
