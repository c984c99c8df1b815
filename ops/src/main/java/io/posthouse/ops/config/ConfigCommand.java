package io.posthouse.ops.config;

import picocli.CommandLine.Command;

/// `posthouse config`.
@Command(
    name = "config",
    description = "Checks a settings file, shows what holds, and lists every key there is.",
    subcommands = {ConfigCheck.class, ConfigShow.class, ConfigReference.class},
    synopsisSubcommandLabel = "check|show|reference")
public final class ConfigCommand {}
