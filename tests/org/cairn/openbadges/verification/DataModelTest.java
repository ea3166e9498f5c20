package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Verifiable Credentials Data Model 2.0 requires, each with its section. */
class DataModelTest {

    /** With single quotes for double ones. */
    private static final String WHOLE = """
            {'@context':['https://www.w3.org/ns/credentials/v2'],'id':'urn:uuid:1','type':['VerifiableCredential'],
             'issuer':'did:example:somebody','credentialSubject':{'id':'did:example:subject'}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'@context':null}                               | @context does not begin with https://www.w3.org/ns/credentials/v2 (§4.3)
            {'@context':'https://www.w3.org/ns/credentials/v2'} | @context does not begin with https://www.w3.org/ns/credentials/v2 (§4.3)
            {'@context':{'a':'https://www.w3.org/ns/credentials/v2'}} | @context does not begin with https://www.w3.org/ns/credentials/v2 (§4.3)
            {'@context':['https://a.example/v1','https://www.w3.org/ns/credentials/v2']} | @context does not begin with https://www.w3.org/ns/credentials/v2 (§4.3)
            {'@context':['https://www.w3.org/ns/credentials/v2',5]} | @context holds something that is neither a URL nor an object (§4.3)
            {'@context':['https://www.w3.org/ns/credentials/v2','no url']} | @context holds something that is neither a URL nor an object (§4.3)
            {'type':null}                                   | type is missing, or is no text (§4.5)
            {'type':[]}                                     | type is missing, or is no text (§4.5)
            {'type':['VerifiableCredential',5]}             | type is missing, or is no text (§4.5)
            {'type':['VerifiableCredential',' ']}           | type is missing, or is no text (§4.5)
            {'type':['Diploma']}                            | type does not say VerifiableCredential (§4.5)
            {'id':'no url'}                                 | id is not one URL (§4.4)
            {'id':'urn:'}                                   | id is not one URL (§4.4)
            {'id':5}                                        | id is not one URL (§4.4)
            {'issuer':null}                                 | issuer is neither a URL nor an object with a URL as its id (§4.7)
            {'issuer':'School'}                             | issuer is neither a URL nor an object with a URL as its id (§4.7)
            {'issuer':{'name':'School'}}                    | issuer is neither a URL nor an object with a URL as its id (§4.7)
            {'issuer':['did:example:1']}                    | issuer is neither a URL nor an object with a URL as its id (§4.7)
            {'issuer':{'id':'did:example:1','name':5}}      | issuer.name is neither a text nor a text with its language (§4.6)
            {'validFrom':'2026-01-01'}                      | validFrom is no moment with a time zone (§4.9)
            {'validFrom':'2026-02-30T00:00:00Z'}            | validFrom is no moment with a time zone (§4.9)
            {'validFrom':'2026-01-01T00:00Z'}               | validFrom is no moment with a time zone (§4.9)
            {'validFrom':5}                                 | validFrom is no moment with a time zone (§4.9)
            {'validUntil':'2026-01-01T00:00:00'}            | validUntil is no moment with a time zone (§4.9)
            {'validFrom':'2026-01-02T00:00:00Z','validUntil':'2026-01-01T23:59:59Z'} | validUntil is before validFrom (§4.9)
            {'credentialSubject':null}                      | credentialSubject is missing (§4.8)
            {'credentialSubject':[]}                        | credentialSubject is missing (§4.8)
            {'credentialSubject':{}}                        | credentialSubject says nothing (§4.8)
            {'credentialSubject':[['did:example:1']]}       | credentialSubject says nothing (§4.8)
            {'credentialSubject':'did:example:1'}           | credentialSubject says nothing (§4.8)
            {'credentialSubject':[{'id':'did:example:1'},{}]} | credentialSubject says nothing (§4.8)
            {'credentialSubject':{'id':'no url'}}           | credentialSubject.id is not one URL (§4.4)
            {'credentialStatus':'none'}                     | credentialStatus is no object (§4.10)
            {'credentialStatus':{'id':'urn:uuid:1'}}        | credentialStatus.type is missing, or is no text (§4.5)
            {'credentialStatus':{'id':'no url','type':'A'}} | credentialStatus.id is not one URL (§4.4)
            {'credentialSchema':'none'}                     | credentialSchema is no object (§4.11)
            {'credentialSchema':{'type':'A'}}               | credentialSchema has no id (§4.11)
            {'termsOfUse':'none'}                           | termsOfUse is no object (§5.5)
            {'evidence':'none'}                             | evidence is no object (§5.6)
            {'evidence':[{'type':'A'},{}]}                  | evidence.type is missing, or is no text (§4.5)
            {'refreshService':'none'}                       | refreshService is no object (§5.4)
            {'relatedResource':{'digestSRI':'a'}}           | relatedResource has no URL as its id (§5.3)
            {'relatedResource':{'id':'urn:uuid:1'}}         | relatedResource has no digest (§5.3)
            {'relatedResource':[{'id':'urn:uuid:1','digestSRI':'a'},{'id':'urn:uuid:1','digestSRI':'a'}]} | relatedResource names a resource twice (§5.3)
            {'name':5}                                      | name is neither a text nor a text with its language (§4.6)
            {'name':{'@value':5}}                           | name is neither a text nor a text with its language (§4.6)
            {'name':{'@value':'A','extra':'b'}}             | name is neither a text nor a text with its language (§4.6)
            {'description':['A',5]}                         | description is neither a text nor a text with its language (§4.6)
            """)
    void what_is_forbidden_is_named_with_its_section(String change, String fault) {
        assertThat(DataModel.fault(TestIssuerTest.changed(WHOLE, change))).contains(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'id':null}",
                "{'@context':['https://www.w3.org/ns/credentials/v2','https://a.example/v1',{'a':'https://a.example/a'}]}",
                "{'type':'VerifiableCredential'}",
                "{'type':['Diploma','VerifiableCredential']}",
                "{'issuer':{'id':'did:example:1','name':{'@value':'A','@language':'en','@direction':'ltr'}}}",
                "{'name':'A','description':[{'@value':'A'},'B']}",
                "{'validFrom':'2026-01-01T00:00:00Z','validUntil':'2026-01-01T00:00:00Z'}",
                "{'validFrom':'2026-01-01T00:00:00.123456789+14:00'}",
                "{'validUntil':'2026-01-01T00:00:00Z'}",
                "{'credentialSubject':{'name':'Ada'}}",
                "{'credentialStatus':[{'type':'A'},{'id':'urn:uuid:1','type':'A'}]}",
                "{'credentialSchema':{'id':'urn:uuid:1','type':['A']}}",
                "{'termsOfUse':{'type':'A'},'evidence':{'type':'A'},'refreshService':{'type':'A'}}",
                "{'relatedResource':[{'id':'urn:uuid:1','digestMultibase':'a'},{'id':'urn:uuid:2','digestSRI':'a'}]}"
            })
    void what_is_allowed_is_no_fault(String change) {
        assertThat(DataModel.fault(TestIssuerTest.changed(WHOLE, change))).isEmpty();
    }
}
