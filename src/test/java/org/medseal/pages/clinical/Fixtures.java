package org.medseal.pages.clinical;

/** Answers of calls, as the pages get them. Nobody in them exists. */
final class Fixtures {
  static final String ID = "a1b2c3d4e5f60718".repeat(4);
  static final String TX = "0f1e2d3c4b5a6978".repeat(4);
  static final String OTHER_TX = "9988776655443322".repeat(4);

  static final String AUTHORITIES =
      """
      {"authorities":[
        {"authority":"2.16.156.10011.1.3","name":"Chinese resident identity card","national":true,"types":["NNCHN","NI"]},
        {"authority":"2.16.840.1.113883.4.1","name":"US social security number","national":true,"types":["SS"]},
        {"authority":"urn:medseal:demo:hospital-2","name":"Demo hospital 2","national":false,"types":["MR"]}]}
      """;

  static final String FOUND =
      """
      {"records":[
        {"txId":"%s","height":41,"format":"HL7V2","month":"2025-10"},
        {"txId":"%s","height":57,"format":"DICOM","month":"2025-11"}]}
      """
          .formatted(TX, OTHER_TX);

  private Fixtures() {}

  /** A request of hospital-2 for two records. */
  static String request(String state, String answered, boolean reviewable) {
    return """
    {"id":"%s","state":"%s","purpose":"TREATMENT","txIds":["%s","%s"],
     "createdAt":"2025-11-03T08:15:00Z","answerBy":"2025-11-17T08:15:00Z",
     "institution":"hospital-2","institutionPresent":true,"requester":"dr-li","requesterName":"Dr. Li Wei",
     "justification":"Chest pain since this morning.\\nEarlier images wanted for comparison." %s,
     "records":[
       {"txId":"%s","format":"HL7V2","committedAt":"2025-10-30T10:00:00Z","reviewable":%s},
       {"txId":"%s","format":"DICOM","committedAt":"2025-11-02T11:30:00Z","reviewable":%s}]}
    """
        .formatted(ID, state, TX, OTHER_TX, answered, TX, reviewable, OTHER_TX, reviewable);
  }

  static String approved() {
    return request(
        "APPROVED",
        ",\"decidedBy\":\"hospital-1\",\"decidedAt\":\"2025-11-03T09:00:00Z\",\"reply\":\"Granted for treatment.\","
            + "\"validUntil\":\"2025-12-03T09:00:00Z\"",
        false);
  }

  static String trace(String state, String result) {
    return """
    {"id":"%s","state":"%s","txId":"%s","createdAt":"2025-11-03T08:15:00Z",
     "institution":"hospital-1","justification":"The result is false.",
     "approvals":["hospital-1"],"approvalsHere":0 %s}
    """
        .formatted(ID, state, TX, result);
  }
}
