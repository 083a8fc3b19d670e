package org.medseal.pages.operations;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiFunction;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/**
 * The content of a message, identity and all: asked for, confirmed, audited by the call, and only
 * ever the answer to a form, so that no address leads to it.
 */
final class RevealPages {
  private static final String TEMPLATE = "operations/reveal";

  List<Page> pages() {
    Audience operator = Audience.anyOf(Role.OPERATOR);
    return List.of(
        Page.get("/messages/{id}/reveal", operator, this::ask),
        Page.post("/messages/{id}/reveal", operator, page -> confirmed(page, RevealPages::reveal)),
        Page.post("/messages/{id}/save", operator, page -> confirmed(page, RevealPages::save)));
  }

  private PageAnswer ask(PageContext page) {
    CallReply found = MessagePage.message(page);
    return found.ok()
        ? page.render(TEMPLATE, hidden(MessageRow.of(found.json())))
        : page.problem(found);
  }

  private static RevealView hidden(MessageRow message) {
    return new RevealView(message, false, List.of(), "");
  }

  /** Only for whoever has said that they understand what they are about to see. */
  private static PageAnswer confirmed(
      PageContext page, BiFunction<PageContext, MessageRow, PageAnswer> shown) {
    CallReply found = MessagePage.message(page);
    if (!found.ok()) {
      return page.problem(found);
    }
    MessageRow message = MessageRow.of(found.json());
    return page.field("understood").equals("yes")
        ? shown.apply(page, message)
        : page.render(400, TEMPLATE, hidden(message));
  }

  private static PageAnswer reveal(PageContext page, MessageRow message) {
    CallReply content = content(page);
    if (!content.ok()) {
      return page.refused(content, TEMPLATE, hidden(message));
    }
    ReadableContent read = ReadableContent.of(beginning(content), message.format());
    return page.render(TEMPLATE, new RevealView(message, true, read.lines(), read.charset()));
  }

  /** One byte more than is shown at most. */
  private static byte[] beginning(CallReply content) {
    try (InputStream in = stream(content)) {
      return in.readNBytes(ReadableContent.LONGEST + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("a message can no longer be read", e);
    }
  }

  /** As received, to be saved under a name that says nothing of it. */
  private static PageAnswer save(PageContext page, MessageRow message) {
    CallReply content = content(page);
    return content.ok()
        ? PageAnswer.download(
            "application/octet-stream",
            "message-" + message.id() + ending(message.format()),
            stream(content))
        : page.problem(content);
  }

  private static CallReply content(PageContext page) {
    return page.calls().get("/messages/{id}/content", page.path("id"));
  }

  private static InputStream stream(CallReply content) {
    return content.stream().orElseGet(() -> new ByteArrayInputStream(content.body()));
  }

  private static String ending(String format) {
    return switch (format) {
      case "HL7V2" -> ".hl7";
      case "FHIR" -> ".json";
      case "DICOM" -> ".dcm";
      default -> ".bin";
    };
  }
}
