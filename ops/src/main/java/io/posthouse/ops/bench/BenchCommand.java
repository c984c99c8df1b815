package io.posthouse.ops.bench;

import picocli.CommandLine.Command;

/// `posthouse bench`.
@Command(
    name = "bench",
    description = "Measures a running platform with a load of its own.",
    subcommands = {BenchAccept.class, BenchDeliver.class, BenchStore.class},
    synopsisSubcommandLabel = "accept|deliver|store")
public final class BenchCommand {}
