package org.medseal.pages.account;

/** What the form for a new account shows again; never a password. */
record SignUp(String login, String displayName, String email, String licenceNumber) {}
