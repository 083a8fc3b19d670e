package org.medseal.pages.admin;

import java.util.Arrays;
import java.util.List;
import org.medseal.pages.account.Account;
import org.medseal.users.Role;

/**
 * One user before an administrator.
 *
 * @param code a recovery code, on the one answer that shows it; else empty
 * @param codeUntil when it ends
 */
record OneAccount(Account account, int sessions, String code, String codeUntil) {
  List<String> allRoles() {
    return Arrays.stream(Role.values()).map(Role::name).toList();
  }
}
