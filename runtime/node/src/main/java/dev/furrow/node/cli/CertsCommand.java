package dev.furrow.node.cli;

import picocli.CommandLine.Command;

@Command(
    name = "certs",
    description = "Makes certificates for nodes.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CertsInitCommand.class)
final class CertsCommand {}
