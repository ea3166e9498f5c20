package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an endorsement of something, by its types and by the id of what it names. */
class EndorsementClaimsTest {

    private static final String ABOUT = "https://badges.example.edu/a/1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':['VerifiableCredential','EndorsementCredential'],'credentialSubject':{'id':'ID','type':['EndorsementSubject']}}",
                "{'type':'EndorsementCredential','credentialSubject':{'id':'ID','type':'EndorsementSubject'}}"
            })
    void it_says_so_and_names_what_it_endorses(String credential) {
        assertThat(EndorsementClaims.isOf(json(credential), ABOUT)).isTrue();
        assertThat(EndorsementClaims.isOf(json(credential), ABOUT + "0")).isFalse();
        assertThat(EndorsementClaims.isOf(json(credential.replace("ID", "")), ""))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':['OpenBadgeCredential'],'credentialSubject':{'id':'ID','type':['EndorsementSubject']}}",
                "{'credentialSubject':{'id':'ID','type':['EndorsementSubject']}}",
                "{'type':['EndorsementCredential'],'credentialSubject':{'id':'ID','type':['AchievementSubject']}}",
                "{'type':['EndorsementCredential'],'credentialSubject':{'id':'ID'}}"
            })
    void what_is_something_else_endorses_nothing(String credential) {
        assertThat(EndorsementClaims.isOf(json(credential), ABOUT)).isFalse();
    }

    @Test
    void its_issuer_is_who_endorses() {
        assertThat(EndorsementClaims.endorser(json("{'issuer':{'id':'did:example:1'}}")))
                .isEqualTo("did:example:1");
        assertThat(EndorsementClaims.endorser(json("{}"))).isEmpty();
    }

    private static ObjectNode json(String text) {
        return Stranger.json(text.replace("ID", ABOUT).replace('\'', '"'));
    }
}
