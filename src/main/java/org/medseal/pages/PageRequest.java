package org.medseal.pages;

import java.util.List;
import java.util.Map;

/**
 * What came over the wire for a page.
 *
 * @param target path and query as asked for
 * @param part whether htmx asks for a part of a page
 */
public record PageRequest(
    String target,
    Map<String, String> path,
    Map<String, List<String>> query,
    Map<String, List<String>> form,
    Map<String, String> cookies,
    Preferences preferences,
    boolean part) {}
