package org.medseal.pages.account;

/**
 * What the recovery page shows.
 *
 * @param code out of a mailed link, or typed; empty to ask for one
 */
record Recovery(String code) {}
