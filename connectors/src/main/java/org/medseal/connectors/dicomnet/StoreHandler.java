package org.medseal.connectors.dicomnet;

/** Where received objects go. Called by one thread per association, by many at once. */
@FunctionalInterface
public interface StoreHandler {
  /**
   * SUCCESS only when the whole object is durable; an answer before its end counts as a failure.
   * What is thrown is answered PROCESSING_FAILURE, unless the association itself has ended.
   */
  StoreStatus store(ReceivedObject object) throws Exception;
}
