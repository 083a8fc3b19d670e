package org.medseal.connectors.deidentify.fhir;

import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;

/** The shipped FHIR rules and a few resources. */
abstract class FhirCase {
  static final String SSN = "{'system':'http://hl7.org/fhir/sid/us-ssn','value':'123-45-6789'}";

  static final String PATIENT =
      "{'resourceType':'Patient','id':'p1','identifier':["
          + SSN
          + "],'name':[{'family':'Testperson',"
          + "'given':['Walburga']}],'birthDate':'1958-09-12','gender':'female','address':[{'line':['12"
          + " Lindenweg'],'city':'Musterstadt','country':'DE'}],'managingOrganization':{'reference':'Organization/o1'}}";

  static final String OBSERVATION =
      "{'resourceType':'Observation','id':'o7','status':'final','code':{'coding':[{'system':'http://loinc.org',"
          + "'code':'2345-7','display':'Glucose'}],'text':'Zucker'},'subject':{'reference':'Patient/p1','display':'Walburga'},"
          + "'effectiveDateTime':'2024-01-10T11:30:00+08:00','performer':[{'reference':'Practitioner/d1','display':'Dr Stein'}],"
          + "'valueQuantity':{'value':5.43,'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}}";

  final Deidentifier shipped = DeidFixture.shipped(Format.FHIR);

  static String code(String json) {
    Observation observation = (Observation) ((Bundle) parsed(json)).getEntry().get(1).getResource();
    return observation.getCode().getCodingFirstRep().getCode();
  }

  Outcome run(FeedPolicy policy, String json) {
    return shipped.deidentify(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), policy);
  }

  String text(FeedPolicy policy, String json) {
    return DeidFixture.text(run(policy, json));
  }

  static Resource parsed(String json) {
    return (Resource) FhirParsing.R4.newJsonParser().parseResource(json);
  }

  static String bundle(String... resources) {
    StringBuilder out = new StringBuilder("{'resourceType':'Bundle','type':'collection','entry':[");
    for (int i = 0; i < resources.length; i++) {
      out.append(i == 0 ? "" : ",").append("{'resource':").append(resources[i]).append('}');
    }
    return out.append("]}").toString();
  }
}
