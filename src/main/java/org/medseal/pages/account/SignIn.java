package org.medseal.pages.account;

/**
 * What the sign-in page shows again.
 *
 * @param asksTotp once the password was right and the account has a second factor
 */
record SignIn(String login, String next, boolean asksTotp) {}
