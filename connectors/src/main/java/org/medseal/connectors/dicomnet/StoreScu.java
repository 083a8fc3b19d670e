package org.medseal.connectors.dicomnet;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicomnet.AssociationException.Reason;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.PduDecoder;
import org.medseal.connectors.dicomnet.pdu.PduEncoder;
import org.medseal.connectors.dicomnet.pdu.UserInformation;

/**
 * One association as service class user: verifies and stores. For one thread; after an exception it
 * is of no more use. Closing releases it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of what fails
public final class StoreScu implements AutoCloseable {
  private static final int MAX_PDU_BYTES = 64 << 10;
  private static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";

  private final EventLoopGroup loop;
  private final Association association;
  private final Dimse dimse;
  private final AssociationTimers timers;
  private int messageId;

  /** What is to be stored: a class in a transfer syntax. */
  public record Offer(String sopClassUid, String transferSyntaxUid) {
    /** As the head of a Part 10 file says; AssociationException NOT_SENDABLE if it does not. */
    public static Offer of(InputStream part10) throws IOException {
      Part10Head head = Part10Head.read(part10);
      return new Offer(head.sopClassUid(), head.transferSyntaxUid());
    }
  }

  private StoreScu(EventLoopGroup loop, Association association, AssociationTimers timers) {
    this.loop = loop;
    this.association = association;
    this.timers = timers;
    this.dimse = new Dimse(association, timers);
  }

  /**
   * Opens an association for verification and these offers, 127 at most. AssociationException
   * REJECTED, TIMED_OUT, ABORTED or CLOSED where it cannot be had.
   */
  public static StoreScu open(ScuSettings settings, List<Offer> offers) throws IOException {
    EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("dicom-scu", true));
    try {
      Association made = connect(loop, settings, request(settings, offers));
      return new StoreScu(loop, made, settings.timers());
    } catch (IOException | RuntimeException | Error e) {
      stop(loop);
      throw e;
    }
  }

  private static AssociateRequest request(ScuSettings settings, List<Offer> offers) {
    if (offers.size() > 127) {
      throw new IllegalArgumentException("an association has at most 128 contexts");
    }
    List<ProposedContext> contexts = new ArrayList<>();
    contexts.add(new ProposedContext(1, Uids.VERIFICATION, List.of(IMPLICIT_LITTLE)));
    for (Offer offer : offers) {
      contexts.add(
          new ProposedContext(
              2 * contexts.size() + 1, offer.sopClassUid(), List.of(offer.transferSyntaxUid())));
    }
    return new AssociateRequest(
        1,
        settings.calledAe(),
        settings.callingAe(),
        AssociateRequest.DICOM_CONTEXT,
        contexts,
        new UserInformation(
            MAX_PDU_BYTES,
            DicomWriter.IMPLEMENTATION_CLASS_UID,
            Optional.of(DicomWriter.IMPLEMENTATION_VERSION_NAME),
            Optional.empty(),
            List.of(),
            false));
  }

  private static Association connect(
      EventLoopGroup loop, ScuSettings settings, AssociateRequest request) throws IOException {
    AssociationTimers timers = settings.timers();
    CompletableFuture<Association> opened = new CompletableFuture<>();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timers.artim().toMillis())
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    prepare(channel, settings, request, opened);
                  }
                });
    var connected = bootstrap.connect(settings.peer()).awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw new AssociationException(Reason.CLOSED, "nobody listens there", connected.cause());
    }
    return await(opened, timers, connected.channel());
  }

  private static void prepare(
      SocketChannel channel,
      ScuSettings settings,
      AssociateRequest request,
      CompletableFuture<Association> opened) {
    settings
        .tls()
        .ifPresent(
            tls ->
                channel
                    .pipeline()
                    .addLast(
                        new SslHandler(
                            tls.client(
                                settings.peer().getHostString(), settings.peer().getPort()))));
    ScuUser user = new ScuUser(channel, request, opened);
    AssociationHandler handler =
        AssociationHandler.requestor(user, settings.timers().artim(), request);
    user.use(handler);
    channel.pipeline().addLast(new PduDecoder(MAX_PDU_BYTES), new PduEncoder(), handler);
  }

  private static Association await(
      CompletableFuture<Association> opened, AssociationTimers timers, Channel channel)
      throws IOException {
    try {
      return opened.get(timers.artim().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      AssociationException why = (AssociationException) e.getCause();
      throw new AssociationException(why.reason(), why.getMessage(), why);
    } catch (TimeoutException e) {
      channel.close();
      throw new AssociationException(Reason.TIMED_OUT, "the peer did not answer the request", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssociationException(Reason.CLOSED, "interrupted", e);
    }
  }

  /** Whether the peer takes this; what it does not take cannot be stored. */
  public boolean takes(Offer offer) {
    return contextOf(offer).isPresent();
  }

  /** Whether it has not ended; it may end at any moment. */
  public boolean isOpen() {
    return !association.isEnded();
  }

  /** C-ECHO; the status, 0 for success. */
  public int echo() throws IOException {
    int context =
        contextOf(new Offer(Uids.VERIFICATION, IMPLICIT_LITTLE))
            .orElseThrow(() -> new AssociationException(Reason.REJECTED, "no verification"));
    CommandSet command =
        request(CommandSet.C_ECHO_RQ, Uids.VERIFICATION)
            .number(CommandSet.DATA_SET_TYPE, CommandSet.NO_DATA_SET);
    dimse.sendCommand(context, command);
    return status();
  }

  /**
   * C-STORE of a Part 10 file, its data set byte for byte; the status, 0 for success.
   * AssociationException NOT_SENDABLE or REJECTED before anything is sent, where the file names no
   * class or the peer does not take it.
   */
  public int store(InputStream part10) throws IOException {
    Part10Head head = Part10Head.read(part10);
    Offer offer = new Offer(head.sopClassUid(), head.transferSyntaxUid());
    int context =
        contextOf(offer)
            .orElseThrow(
                () -> new AssociationException(Reason.REJECTED, "the peer does not take " + offer));
    CommandSet command =
        request(CommandSet.C_STORE_RQ, head.sopClassUid())
            .number(CommandSet.PRIORITY, 0)
            .number(CommandSet.DATA_SET_TYPE, 0)
            .uid(CommandSet.AFFECTED_SOP_INSTANCE, head.sopInstanceUid());
    dimse.sendCommand(context, command);
    dimse.sendDataset(context, part10);
    return status();
  }

  private CommandSet request(int operation, String sopClass) {
    messageId = (messageId + 1) & 0xFFFF;
    return new CommandSet()
        .uid(CommandSet.AFFECTED_SOP_CLASS, sopClass)
        .number(CommandSet.COMMAND_FIELD, operation)
        .number(CommandSet.MESSAGE_ID, messageId);
  }

  private int status() throws IOException {
    Optional<CommandSet> answer = dimse.nextCommand(timers.data()).map(Dimse.Received::command);
    Optional<Integer> responded = answer.flatMap(a -> a.number(CommandSet.RESPONDED_MESSAGE_ID));
    Optional<Integer> status = answer.flatMap(a -> a.number(CommandSet.STATUS));
    if (status.isEmpty() || responded.isEmpty() || responded.get() != messageId) {
      throw association.abort(Reason.PROTOCOL, "no answer to what was asked");
    }
    return status.get();
  }

  private Optional<Integer> contextOf(Offer offer) {
    Association.Context wanted =
        new Association.Context(offer.sopClassUid(), offer.transferSyntaxUid());
    return association.terms().contexts().entrySet().stream()
        .filter(entry -> entry.getValue().equals(wanted))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** A-RELEASE where it is open; then the connection is closed. */
  @Override
  public void close() {
    try {
      if (!association.isEnded()) {
        association.askRelease(timers.write());
        association.next(timers.artim());
      }
    } catch (AssociationException e) {
      // it has ended all the same
    } finally {
      association.close();
      stop(loop);
    }
  }

  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
