package org.medseal.admin;

import java.util.Arrays;
import java.util.Locale;
import org.medseal.users.Role;

/** Every call of the document, each made by somebody who may make it. */
abstract class HostileCase extends AtOneHospital {
  static final OpenApi API = OpenApi.load();
  static final RequestSamples SAMPLES = new RequestSamples(API);

  static String login(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** In a session that goes on. */
  static String token(OpenApi.Operation call) throws Exception {
    if (call.allowsNobody()) {
      return "";
    }
    String login =
        login(Arrays.stream(Role.values()).filter(call::allows).findFirst().orElseThrow());
    if (hospital.get(login, "/me").status() == 401) {
      hospital.logsIn(login);
    }
    return hospital.token(login);
  }
}
