package io.posthouse.ops.explain;

import picocli.CommandLine.Command;

/// `posthouse explain`.
@Command(
    name = "explain",
    description = "Says what would happen to mail, and why; sends none.",
    subcommands = {ExplainDelivery.class, ExplainRecipient.class},
    synopsisSubcommandLabel = "delivery | recipient")
public final class ExplainCommand {}
