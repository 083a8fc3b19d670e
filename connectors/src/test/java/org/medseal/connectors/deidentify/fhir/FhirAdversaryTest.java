package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Identity where nobody expects it, and nowhere else in the message; what must go is marked with
 * angle brackets. Quotes are single ones.
 */
class FhirAdversaryTest extends FhirCase {
  private static final String ABOUT = "'subject':{'reference':'Patient/p1'}";
  private static final String CODE =
      "'code':{'coding':[{'system':'http://loinc.org','code':'2345-7'}]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'valueString':'<Zyprian>'",
        "'valueString':'<880071234>'",
        "'valueCodeableConcept':{'text':'<Zyprian>'}",
        "'valueCodeableConcept':{'coding':[{'system':'http://rosenklinik.example/x','code':'<Zyprian>','display':'<Zyprian>'}]}",
        "'valueCodeableConcept':{'coding':[{'system':'urn:oid:<1.2.276.0.76.3>.1','code':'7'}]}",
        "'valueCodeableConcept':{'coding':[{'system':'http://hl7.org/fhir/sid/us-npi','code':'<8800712345>'}]}",
        "'valueCodeableConcept':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0001','code':'<555-123-4567>'}]}",
        "'valueCodeableConcept':{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10','code':'<ZYPRIAN>'}]}",
        "'valueCodeableConcept':{'coding':[{'system':'http://snomed.info/sct','code':'<8800712345>'}]}",
        "'valueQuantity':{'value':5,'unit':'<Zyprian>'}",
        "'valueQuantity':{'value':5,'unit':'mmol <Zyprian>','system':'http://unitsofmeasure.org','code':'mmol'}",
        "'valueQuantity':{'value':5,'system':'http://unitsofmeasure.org','code':'<Zyprian>'}",
        "'valueQuantity':{'value':5,'system':'http://unitsofmeasure.org','code':'mg{<Zyprian>}'}",
        "'valueQuantity':{'value':<8800712345>}",
        "'valueInteger':<1880071234>",
        "'valueRatio':{'numerator':{'value':1,'unit':'<Zyprian>'},'denominator':{'value':<880071234>}}",
        "'valueRange':{'low':{'value':<880071234>}}",
        "'valueSampledData':{'origin':{'value':0},'period':1,'dimensions':1,'data':'1 2 <8800712345> E'}",
        "'valuePeriod':{'_start':{'extension':[{'url':'http://x.example','valueString':'<Zyprian>'}]},'end':'2024-01-01'}",
        "'extension':[{'url':'http://rosenklinik.example/mother','valueHumanName':{'family':'<Zyprian>'}}]",
        "'_status':{'id':'<Zyprian>','extension':[{'url':'http://x.example','valueString':'<Zyprian>'}]}",
        "'meta':{'source':'http://<rosenklinik>.example','tag':[{'system':'http://x.example','code':'<Zyprian>'}],"
            + "'security':[{'code':'<Zyprian>'}],'profile':['http://<rosenklinik>.example/p']}",
        "'language':'<zyprian>'",
        "'implicitRules':'http://<rosenklinik>.example/r'",
        "'text':{'status':'generated','div':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">Zyprian</div>'},'note':[{'text':'<Zyprian>'}]",
        "'performer':[{'reference':'Practitioner/<zyprian>-1','display':'<Zyprian>'}]",
        "'performer':[{'type':'Practitioner','identifier':{'system':'http://<rosenklinik>.example','value':'<880071234>'}}]",
        "'encounter':{'reference':'Encounter/<zyprian>-1','display':'<Zyprian>','identifier':{'value':'<880071234>'}}",
        "'hasMember':[{'reference':'http://<rosenklinik>.example/fhir/Observation/<8800712345>'}]",
        "'derivedFrom':[{'reference':'DocumentReference/<zyprian>','type':'http://<rosenklinik>.example'}]",
        "'identifier':[{'system':'http://<rosenklinik>.example','value':'<880071234>','assigner':{'display':'<Rosenklinik>'}}]",
        "'referenceRange':[{'text':'<Zyprian>'},{'text':'<811228-9874>'},{'low':{'value':<880071234>,'unit':'<Zyprian>'}}]",
        "'component':[{'code':{'text':'<Zyprian>'},'valueString':'<Zyprian>'}]",
        "'contained':[{'resourceType':'Organization','id':'<zyp1>','name':'<Rosenklinik>'},"
            + "{'resourceType':'Encounter','id':'<zyp2>','status':'finished','class':{'code':'<Zyprian>'}}],"
            + "'encounter':{'reference':'#zyp2'}",
        "'device':{'display':'<Zyprian>','identifier':{'value':'<880071234>'}}",
        "'specimen':{'reference':'urn:uuid:<0c3c1f0e-6a5c-4e8b-9c6e-0a3d3c1b2f00>'}",
        "'dataAbsentReason':{'text':'<Zyprian>'},'method':{'coding':[{'code':'<Zyprian>'}]}",
      })
  void isGoneFromAnObservation(String marked) {
    isGone(
        "{'resourceType':'Observation','id':'o1','status':'final',"
            + CODE
            + ","
            + ABOUT
            + ","
            + marked
            + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resourceType':'QuestionnaireResponse','id':'q1','status':'completed','questionnaire':'http://<rosenklinik>.example/q',"
            + "#,'item':[{'linkId':'<Zyprian>','text':'<Zyprian>?','definition':'http://<rosenklinik>.example','answer':["
            + "{'valueString':'<Zyprian>'}]},{'linkId':'2','answer':[{'valueInteger':<8800712>}]},{'linkId':'3','answer':[{'valueDecimal':<880071234>}]},"
            + "{'linkId':'4','answer':[{'valueUri':'http://<rosenklinik>.example'}]},{'linkId':'5','answer':[{'valueAttachment':{'title':'<Zyprian>'}}]},"
            + "{'linkId':'6','answer':[{'valueReference':{'display':'<Zyprian>'}}]},{'linkId':'7','answer':[{'valueQuantity':{'value':1,'unit':'<Zyprian>'}}]}]}",
        "{'resourceType':'Composition','id':'c1','status':'final','type':{'text':'<Zyprian>'},'date':'2024-01-01','author':[{'display':'<Zyprian>'}],"
            + "'title':'<Zyprian>',#,'attester':[{'mode':'legal','party':{'display':'<Zyprian>'}}],'custodian':{'display':'<Rosenklinik>'},'section':[{'title':'<Zyprian>',"
            + "'text':{'status':'additional','div':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">Zyprian</div>'}}]}",
        "{'resourceType':'DocumentReference','id':'d1','status':'current','description':'<Zyprian>',#,'docStatus':'final','masterIdentifier':{'system':'urn:oid:<1.2.276.0.76.3>','value':'<880071234>'},"
            + "'content':[{'attachment':{'contentType':'text/plain','url':'http://<rosenklinik>.example/a','title':'<Zyprian>','data':'WnlwcmlhbiBPdHRv'}}]}",
        "{'resourceType':'ImagingStudy','id':'i1','status':'available',#,'description':'<Zyprian>','series':[{'uid':'<1.2.276.0.76.3>.1','modality':{'system':'http://dicom.nema.org/resources/ontology/DCM','code':'CT'},"
            + "'description':'<Zyprian>','bodySite':{'code':'<Zyprian>'},'instance':[{'uid':'<1.2.276.0.76.3>.2','sopClass':{'system':'urn:ietf:rfc:3986','code':'urn:oid:1.2.840.10008.5.1.4.1.1.2'},'title':'<Zyprian>'}]}]}",
        "{'resourceType':'Task','id':'t1','status':'requested','intent':'order','description':'<Zyprian>','for':{'reference':'Patient/p1'},'instantiatesUri':'http://<rosenklinik>.example',"
            + "'input':[{'type':{'text':'<Zyprian>'},'valueUrl':'http://<rosenklinik>.example'},{'type':{'text':'x'},'valueHumanName':{'family':'<Zyprian>'}},{'type':{'text':'x'},'valueOid':'urn:oid:<1.2.276.0.76.3>'},"
            + "{'type':{'text':'x'},'valueId':'<zyprian>'},{'type':{'text':'x'},'valueCode':'<Zyprian-880071234>'},{'type':{'text':'x'},'valueAddress':{'city':'<Rosendorf>'}},{'type':{'text':'x'},'valueMarkdown':'<Zyprian>'},"
            + "{'type':{'text':'x'},'valueContactPoint':{'value':'<880071234>'}},{'type':{'text':'x'},'valueSignature':{'type':[{'code':'x'}],'when':'2024-01-01T00:00:00Z','who':{'display':'<Zyprian>'}}},"
            + "{'type':{'text':'x'},'valueBase64Binary':'WnlwcmlhbiBPdHRv'},{'type':{'text':'x'},'valueCanonical':'http://<rosenklinik>.example'},{'type':{'text':'x'},'valueUuid':'urn:uuid:<0c3c1f0e-6a5c-4e8b-9c6e-0a3d3c1b2f00>'},"
            + "{'type':{'text':'x'},'valueExpression':{'language':'text/fhirpath','expression':'<Zyprian>'}},{'type':{'text':'x'},'valueDosage':{'text':'<Zyprian>','patientInstruction':'<Zyprian>'}}]}",
        "{'resourceType':'Coverage','id':'v1','status':'active','subscriberId':'<880071234>','dependent':'<Zyprian>','network':'<Rosenkasse>','beneficiary':{'reference':'Patient/p1'},'payor':[{'display':'<Rosenkasse>'}],"
            + "'class':[{'type':{'text':'x'},'value':'<880071234>','name':'<Rosenkasse>'}]}",
        "{'resourceType':'Communication','id':'k1','status':'completed',#,'payload':[{'contentString':'<Zyprian>'}],'topic':{'text':'<Zyprian>'}}",
        "{'resourceType':'Media','id':'m1','status':'completed',#,'deviceName':'<Zyprian>','content':{'url':'http://<rosenklinik>.example','title':'<Zyprian>'}}",
        "{'resourceType':'List','id':'l1','status':'current','mode':'working','title':'<Zyprian>',#,'entry':[{'item':{'display':'<Zyprian>'}}]}",
        "{'resourceType':'RelatedPerson','id':'r1','patient':{'reference':'Patient/p1'},'name':[{'text':'<Zyprian>'}],'birthDate':'<1931-02-03>','photo':[{'title':'<Zyprian>'}],'communication':[{'language':{'text':'<Zyprian>'}}]}",
        "{'resourceType':'FamilyMemberHistory','id':'f1','status':'completed','patient':{'reference':'Patient/p1'},'name':'<Zyprian>','relationship':{'text':'<Zyprian>'},'bornDate':'<1931-02-03>','ageString':'<Zyprian>'}",
        "{'resourceType':'Claim','id':'cl1','status':'active','type':{'text':'<Zyprian>'},'use':'claim','patient':{'reference':'Patient/p1'},'created':'2024-01-01','provider':{'display':'<Rosenklinik>'},'priority':{'coding':[{'code':'<Zyprian>'}]},"
            + "'insurance':[{'sequence':1,'focal':true,'coverage':{'display':'<Rosenkasse>'},'preAuthRef':['<880071234>']}],'accident':{'date':'2024-01-01','locationAddress':{'text':'<Rosendorf>'}},'total':{'value':<880071234>,'currency':'EUR'}}",
        "{'resourceType':'MedicationRequest','id':'mr1','status':'active','intent':'order','medicationCodeableConcept':{'text':'<Zyprian>'},#,'dosageInstruction':[{'text':'<Zyprian>','additionalInstruction':[{'text':'<Zyprian>'}],"
            + "'timing':{'code':{'text':'<Zyprian>'}},'doseAndRate':[{'doseQuantity':{'value':1,'unit':'<Zyprian>'}}]}],'groupIdentifier':{'value':'<880071234>'}}",
        "{'resourceType':'Encounter','id':'e1','status':'finished','class':{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'IMP','display':'x'},#,'serviceProvider':{'display':'<Rosenklinik>'},"
            + "'location':[{'location':{'display':'<Rosenstation>'},'physicalType':{'text':'<Rosenstation>'}}],'hospitalization':{'origin':{'display':'<Rosenklinik>'},'preAdmissionIdentifier':{'value':'<880071234>'}}}",
        "{'resourceType':'Consent','id':'cs1','status':'active','scope':{'text':'<Zyprian>'},'category':[{'text':'<Zyprian>'}],'patient':{'reference':'Patient/p1'},'policy':[{'authority':'http://<rosenklinik>.example','uri':'http://<rosenklinik>.example'}],"
            + "'sourceAttachment':{'title':'<Zyprian>'},'verification':[{'verified':true,'verifiedWith':{'display':'<Zyprian>'}}]}",
      })
  void isGoneFromAResource(String marked) {
    isGone(marked.replace("#", ABOUT));
  }

  private void isGone(String marked) {
    String json = marked.replaceAll("<(?!/?div)([^<>]*)>", "$1");
    String text = text(LOCAL, bundle(PATIENT, json)).toLowerCase(Locale.ROOT);
    for (String part : marked.replaceAll("</?div[^>]*>", "").split("<", -1)) {
      int end = part.indexOf('>');
      if (end > 0) {
        assertThat(text).as(marked).doesNotContain(part.substring(0, end).toLowerCase(Locale.ROOT));
      }
    }
    assertThat(text).as(marked).doesNotContain("wnlwcmlhbi").doesNotContain("zyprian");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'valueQuantity':{'value':1.00,'unit':'mmol/L'}|1.00",
        "'valueQuantity':{'value':1E-22,'unit':'g'}|1E-22",
        "'valueQuantity':{'value':0.10,'comparator':'<','system':'http://unitsofmeasure.org','code':'mg/dL','unit':'milligrams per deciliter'}|milligrams per deciliter",
        "'valueQuantity':{'value':9000000.5,'unit':'10*3/uL'}|9000000.5",
        "'valueSampledData':{'origin':{'value':0},'period':1,'dimensions':1,'data':'1 2.5 E L'}|1 2.5 E L",
        "'referenceRange':[{'text':'3.9-6.1'}]|3.9-6.1",
        "'valueCodeableConcept':{'coding':[{'system':'http://snomed.info/sct','code':'260373001','display':'Detected'}]}|260373001",
        "'valueCodeableConcept':{'coding':[{'system':'http://www.ama-assn.org/go/cpt','code':'99213'}]}|99213"
      })
  void medicineStaysAsItWasWritten(String both) {
    String[] parts = both.split("\\|", -1);
    String json =
        "{'resourceType':'Observation','id':'o1','status':'final',"
            + CODE
            + ","
            + ABOUT
            + ","
            + parts[0]
            + "}";
    assertThat(text(LOCAL, bundle(PATIENT, json))).contains(parts[1]);
  }
}
