package io.posthouse.ops.address;

import picocli.CommandLine.Command;

/// `posthouse address`: what users are reached by, beside the address they were created with.
@Command(
    name = "address",
    description = "Adds, lists and removes addresses of users, and addresses that send mail on.",
    subcommands = {AddressAdd.class, AddressList.class, AddressRemove.class},
    synopsisSubcommandLabel = "add|list|remove")
public final class AddressCommand {}
