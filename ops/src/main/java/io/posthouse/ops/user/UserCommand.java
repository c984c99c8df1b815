package io.posthouse.ops.user;

import picocli.CommandLine.Command;

/// `posthouse user`: the directory, for those who do not manage it through WildDuck.
@Command(
    name = "user",
    description = "Creates, shows, changes and removes the users whose mail we store.",
    subcommands = {
      UserAdd.class,
      UserList.class,
      UserShow.class,
      UserSet.class,
      UserPassword.class,
      UserRemove.class
    },
    synopsisSubcommandLabel = "add|list|show|set|password|remove")
public final class UserCommand {}
