package org.medseal.pages.operations;

/**
 * How far a job is that puts messages back to work.
 *
 * @param state RUNNING, DONE or FAILED
 */
record ReprocessView(String job, String state, long reprocessed) {
  boolean isRunning() {
    return state.equals("RUNNING");
  }
}
