package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cairn.openbadges.verification.Verification.Check;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A token repeats what its credential says, to the second and to the letter. */
class ClaimsTest {

    private static final Stranger SCHOOL = new Stranger();

    @AfterAll
    static void close() {
        SCHOOL.close();
    }

    static Stream<Named<Consumer<ObjectNode>>> agreements() {
        return Stream.of(
                change("as it is", p -> {}),
                change("an issuer that is only an address", p -> p.put("issuer", SCHOOL.issuer())),
                change("nobody named and no sub", p -> {
                    subject(p).remove("id");
                    p.remove("sub");
                }),
                change(
                        "an end and exp",
                        p -> p.put("validUntil", "2026-02-01T01:00:00+01:00").put("exp", 1_769_904_000L)),
                change("a part of a second", p -> p.put("validFrom", "2026-01-15T10:00:00.9Z")));
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void what_says_the_same_agrees(Consumer<ObjectNode> change) {
        assertThat(checked(change))
                .isEqualTo(new Check("claims", true, "What its token claims is what the credential says."));
    }

    static Stream<Named<Consumer<ObjectNode>>> contradictions() {
        return Stream.of(
                change("iss of another", p -> p.put("iss", SCHOOL.issuer() + "/other")),
                change("no iss", p -> p.remove("iss")),
                change("iss as a number", p -> p.put("iss", 5).put("issuer", "5")),
                change("jti of another", p -> p.put("jti", "urn:uuid:2")),
                change("no jti", p -> p.remove("jti")),
                change("sub of another", p -> p.put("sub", "did:example:mallory")),
                change("no sub", p -> p.remove("sub")),
                change("sub where nobody is named", p -> subject(p).remove("id")),
                change("nbf a second early", p -> p.put("nbf", p.get("nbf").asLong() - 1)),
                change("no nbf", p -> p.remove("nbf")),
                change("nbf as a text", p -> p.put("nbf", p.get("nbf").asText())),
                change("nbf with a fraction", p -> p.put("nbf", p.get("nbf").asLong() + 0.5)),
                change("a begin that is none", p -> p.put("validFrom", "yesterday")),
                change("exp without an end", p -> p.put("exp", 1_769_904_000L)),
                change("an end without exp", p -> p.put("validUntil", "2026-02-01T00:00:00Z")),
                change(
                        "exp a second late",
                        p -> p.put("validUntil", "2026-02-01T00:00:00Z").put("exp", 1_769_904_001L)),
                change("vc, in which it could be another", p -> p.putObject("vc")));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void what_says_something_else_does_not(Consumer<ObjectNode> change) {
        assertThat(checked(change))
                .isEqualTo(new Check(
                        "claims",
                        false,
                        "What its token claims (iss, jti, sub, nbf, exp) is not what the credential says."));
    }

    private static Check checked(Consumer<ObjectNode> change) {
        var payload = Stranger.payload(SCHOOL.credential());
        change.accept(payload);
        return new Claims(payload).check();
    }

    private static ObjectNode subject(ObjectNode payload) {
        return (ObjectNode) payload.get("credentialSubject");
    }

    private static Named<Consumer<ObjectNode>> change(String name, Consumer<ObjectNode> change) {
        return Named.of(name, change);
    }
}
