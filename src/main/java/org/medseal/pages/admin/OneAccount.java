package org.medseal.pages.admin;

import java.util.Arrays;
import java.util.List;
import org.medseal.pages.account.Account;
import org.medseal.users.Role;

/**
 * One user before an administrator.
 *
 * @param askedAgain how often somebody else asked for the login while this one waits
 * @param code a recovery code, on the one answer that shows it; else empty
 * @param codeUntil when it ends
 */
record OneAccount(Account account, int sessions, int askedAgain, String code, String codeUntil) {
  OneAccount withCode(String shown, String until) {
    return new OneAccount(account, sessions, askedAgain, shown, until);
  }

  List<String> allRoles() {
    return Arrays.stream(Role.values()).map(Role::name).toList();
  }
}
