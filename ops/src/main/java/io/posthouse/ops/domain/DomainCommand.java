package io.posthouse.ops.domain;

import picocli.CommandLine.Command;

/// `posthouse domain`: which domains are ours.
@Command(
    name = "domain",
    description = "Adds, lists and removes our domains and their aliases.",
    subcommands = {DomainAdd.class, DomainList.class, DomainRemove.class, DomainAliasCommand.class},
    synopsisSubcommandLabel = "add|list|remove|alias")
public final class DomainCommand {}
