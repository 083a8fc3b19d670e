package org.medseal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import org.medseal.connectors.message.DiscardReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medseal messages discard}. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description =
        "Lets go of kept-back messages for good; that they came, and who discarded them why, stays.")
final class MessagesDiscardCommand implements Callable<Integer> {
  @Mixin private Person person;
  @Mixin private Output output;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "As list shows them.")
  private List<String> ids = List.of();

  @Option(names = "--reason", required = true, description = "${COMPLETION-CANDIDATES}.")
  private DiscardReason reason;

  @Override
  public Integer call() {
    AdminClient client = person.client();
    for (String id : ids) {
      client
          .post(MessagesCommand.PATH + "/" + id + "/discard", Map.of("reason", reason.name()))
          .expect(204);
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ids.forEach(answer.putArray("discarded")::add);
    output.print(answer, "discarded: " + String.join(" ", ids));
    return 0;
  }
}
