package org.medseal.pages.operations;

import java.util.List;

/**
 * A message's content, shown to whoever asked for it and confirmed.
 *
 * @param lines empty if it is not text, or too much of it to read
 * @param charset in which it was read; empty without lines
 */
record RevealView(MessageRow message, boolean revealed, List<String> lines, String charset) {}
