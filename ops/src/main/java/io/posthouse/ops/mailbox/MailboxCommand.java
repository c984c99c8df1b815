package io.posthouse.ops.mailbox;

import picocli.CommandLine.Command;

/// `posthouse mailbox`: what is stored.
@Command(
    name = "mailbox",
    description = "Shows and exports what is stored in a user's mailbox, and changes its folders.",
    subcommands = {
      MailboxList.class,
      MailboxShow.class,
      MailboxRaw.class,
      MailboxExport.class,
      MailboxFolders.class,
      MailboxCreate.class,
      MailboxRename.class,
      MailboxKeep.class,
      MailboxRemove.class
    },
    synopsisSubcommandLabel = "list|show|raw|export|folders|create|rename|keep|remove")
public final class MailboxCommand {}
