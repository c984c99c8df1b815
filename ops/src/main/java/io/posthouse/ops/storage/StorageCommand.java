package io.posthouse.ops.storage;

import picocli.CommandLine.Command;

/// `posthouse storage`: whether stored mail is sound.
@Command(
    name = "storage",
    description = "Checks what is stored, and mends its counts and indexes.",
    subcommands = {StorageIndexes.class, StorageCheck.class, StorageRepair.class},
    synopsisSubcommandLabel = "indexes|check|repair")
public final class StorageCommand {}
