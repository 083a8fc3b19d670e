package org.medseal.bench.intake;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.protocol.MetadataKeys;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.protocol.ReceivingApplicationException;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalOptions;

/**
 * HAPI's own listener, as bare as it gets: generic structures, no validation; its application
 * appends the message as it came to a journal and answers when that is synced, in one sync with
 * whatever came at the same time. Nothing is encrypted, nobody looks for duplicates. Arguments:
 * port, folder. Ends when its input does.
 */
final class HapiListener {
  private static final int FRAME_TYPE = 1;

  private HapiListener() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    DefaultHapiContext context = new DefaultHapiContext(new GenericModelClassFactory());
    context.setValidationContext(ValidationContextFactory.noValidation());
    try (Journal journal = Journal.open(Path.of(arguments[1]), JournalOptions.defaults())) {
      HL7Service server = context.newServer(Integer.parseInt(arguments[0]), false);
      server.registerApplication(new Storing(journal));
      server.startAndWait();
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Whoever started it holds the other end.
      }
      server.stopAndWait();
    }
    System.exit(0);
  }

  private record Storing(Journal journal) implements ReceivingApplication<Message> {
    @Override
    public Message processMessage(Message message, Map<String, Object> metadata)
        throws ReceivingApplicationException, HL7Exception {
      String raw = (String) metadata.get(MetadataKeys.IN_RAW_MESSAGE);
      journal.syncThrough(journal.append(FRAME_TYPE, raw.getBytes(StandardCharsets.US_ASCII)));
      try {
        return message.generateACK();
      } catch (IOException e) {
        throw new ReceivingApplicationException(e);
      }
    }

    @Override
    public boolean canProcess(Message message) {
      return true;
    }
  }
}
