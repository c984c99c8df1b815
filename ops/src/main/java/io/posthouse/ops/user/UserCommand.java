package io.posthouse.ops.user;

import picocli.CommandLine.Command;

/// `posthouse user`: the directory, for those who do not manage it through WildDuck.
@Command(
    name = "user",
    description = "Creates and lists the users whose mail we store.",
    subcommands = {UserAdd.class, UserList.class, UserPassword.class},
    synopsisSubcommandLabel = "add|list|password")
public final class UserCommand {}
