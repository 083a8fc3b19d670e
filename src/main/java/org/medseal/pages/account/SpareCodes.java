package org.medseal.pages.account;

import java.util.List;

/** Recovery codes, shown once. */
record SpareCodes(List<String> codes) {}
