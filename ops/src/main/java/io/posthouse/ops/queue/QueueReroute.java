package io.posthouse.ops.queue;

import io.posthouse.directive.Act;
import io.posthouse.message.NextHop;
import io.posthouse.ops.cli.Usage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// `posthouse queue reroute`.
@Command(
    name = "reroute",
    description = {
      "Sends outgoing messages to another host, now and whenever they are tried again."
    })
final class QueueReroute extends ActCommand {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "HOST[:PORT]",
      description = "The host, by its name or its address in brackets.")
  private String to = "";

  @Override
  Act act(CommandSpec spec) {
    return new Act.Reroute(
        Usage.read(
            spec,
            "--to",
            to,
            "HOST, HOST:PORT or [ADDRESS]:PORT",
            text -> NextHop.parse(text).orElseThrow(IllegalArgumentException::new)));
  }
}
