package org.medseal.pages;

import java.util.List;

/** The pages of one area; it lists each of its paths once. */
public interface AreaPages {
  List<Page> pages();
}
