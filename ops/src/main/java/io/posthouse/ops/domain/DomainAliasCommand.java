package io.posthouse.ops.domain;

import picocli.CommandLine.Command;

/// `posthouse domain alias`: other names of our domains.
@Command(
    name = "alias",
    description = "Adds, lists and removes domains whose addresses are those of another domain.",
    subcommands = {AliasAdd.class, AliasList.class, AliasRemove.class},
    synopsisSubcommandLabel = "add|list|remove")
final class DomainAliasCommand {}
