package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the document of a did:web is, and whose document is at an address. */
class WebDidTest {

    @ParameterizedTest
    @CsvSource({
        "did:web:school.example, https://school.example/.well-known/did.json",
        "did:web:school.example:a:b, https://school.example/a/b/did.json",
        "did:web:school.example%3A8443, https://school.example:8443/.well-known/did.json",
        "did:web:localhost%3A8080:a, http://localhost:8080/a/did.json",
        "did:web:127.0.0.1, http://127.0.0.1/.well-known/did.json"
    })
    void a_name_has_its_document_at_one_address(String did, String address) {
        assertThat(WebDid.address(did)).isEqualTo(address);
        assertThat(WebDid.at(URI.create(address))).contains(did);
    }

    @ParameterizedTest
    @CsvSource({
        "did:web:localhost.evil.example, https://localhost.evil.example/.well-known/did.json",
        "did:web:127.0.0.10, https://127.0.0.10/.well-known/did.json"
    })
    void only_this_machine_is_asked_in_the_open(String did, String address) {
        assertThat(WebDid.address(did)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:key:z6Mk",
                "did:web:",
                "did:web::a",
                "did:web:school.example:",
                "did:web:school.example::a",
                "did:web:school.example/a",
                "did:web:school.example:a%2Fb",
                "did:web:school.example:a%3Ab",
                "did:web:school.example%3Ax",
                "did:web:school_example",
                "did:web:a@school.example",
                "did:web:school.example:a%20b",
                "did:web:school.example:%zz"
            })
    void what_is_no_did_web_has_none(String did) {
        assertThatThrownBy(() -> WebDid.address(did)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_address_of_something_else_is_no_documents() {
        for (var address : new String[] {
            "https://school.example/did.jsonx",
            "https://school.example/.well-known/xdid.json",
            "https://school.example/a/did.json?x=1",
            "https://school.example",
            "/a/did.json",
            "urn:uuid:1"
        }) {
            assertThat(WebDid.at(URI.create(address))).as(address).isEmpty();
        }
    }
}
