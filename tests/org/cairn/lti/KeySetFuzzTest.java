package org.cairn.lti;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.interfaces.RSAPublicKey;
import org.cairn.testing.Choices;
import org.cairn.testing.Hostile;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Key sets of any shape: what is no key of use is left out, and no key below 2048 bits is ever used. */
@Tag("fuzz")
class KeySetFuzzTest {

    private static final ObjectNode SET = set();

    @MethodSource("org.cairn.testing.Choices#seeds")
    @FuzzTest(maxDuration = "20s")
    void a_key_set_yields_keys_of_use_or_none(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        var body = choices.isEven() ? Hostile.ascii(Hostile.changed(SET, choices)) : choices.rest();
        Hostile.read(() -> KeySets.parse(body).forEach((kid, key) -> {
            if (!(key instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() < 2048) {
                throw new AssertionError("A key that is of no use: " + kid);
            }
        }));
    }

    private static ObjectNode set() {
        try {
            return (ObjectNode) TestPlatform.JSON.readTree(TestPlatform.jwks(TestPlatform.keyPair(), "key-1"));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
