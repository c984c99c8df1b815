package io.posthouse.ops.mailbox;

import picocli.CommandLine.Command;

/// `posthouse mailbox`: what is stored.
@Command(
    name = "mailbox",
    description = "Shows what is stored in a user's mailbox.",
    subcommands = {MailboxList.class, MailboxShow.class, MailboxRaw.class},
    synopsisSubcommandLabel = "list|show|raw")
public final class MailboxCommand {}
