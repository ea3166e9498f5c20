package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.cairn.Problem;
import org.cairn.openbadges.verification.IssuerKeys.Answer;
import org.cairn.outbound.Outbound;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a key is, by what its issuer says: a key is an issuer's only where the issuer itself calls it so. */
class IssuerKeysTest {

    private static final Instant TODAY = Stranger.TODAY;
    private static final String ISSUER = "https://school.example/issuer";
    private static final Stranger SCHOOL = new Stranger();

    private static final Answer.Foreign NOT_ITS_OWN =
            new Answer.Foreign("The key that the signature names is not one that its issuer calls its own.");
    private static final Answer.Foreign NO_KEY =
            new Answer.Foreign("The signature names no key of a kind that signs credentials.");
    private static final Answer.Foreign ENDED =
            new Answer.Foreign("Its issuer no longer stands by the key that signed it.");

    private final Map<String, String> published = new HashMap<>();

    @AfterAll
    static void close() {
        SCHOOL.close();
    }

    @Test
    void a_did_key_is_its_own_key_under_the_one_name_that_it_has() {
        var did = SCHOOL.didKey();
        assertThat(raw(find(did, did + "#" + SCHOOL.multibase()))).isEqualTo(edwards());
        assertThat(find(did, did)).isEqualTo(NOT_ITS_OWN);
        assertThat(find(did, did + "#key-1")).isEqualTo(NOT_ITS_OWN);
        assertThat(find(did, did + "x#" + SCHOOL.multibase())).isEqualTo(NOT_ITS_OWN);
        assertThat(find("did:key:zzz", "did:key:zzz#zzz")).isEqualTo(NO_KEY);
    }

    @Test
    void a_did_web_is_who_its_document_says() {
        publish("https://school.example/.well-known/did.json", SCHOOL.controller("did:web:school.example"));
        publish("https://school.example/other/did.json", SCHOOL.controller("did:web:school.example"));
        assertThat(raw(find("did:web:school.example", "did:web:school.example#ed")))
                .isEqualTo(edwards());
        assertThat(find("did:web:school.example", "did:web:school.example#none"))
                .isEqualTo(NOT_ITS_OWN);
        assertThat(find("did:web:school.example:other", "did:web:school.example:other#ed"))
                .isEqualTo(NOT_ITS_OWN);
        assertThat(find("did:web:school.example", "did:web:school.example:other#ed"))
                .isEqualTo(NOT_ITS_OWN);
    }

    @Test
    void no_document_makes_the_key_of_another_did_its_own() {
        var lent = SCHOOL.controller("did:web:school.example");
        method(lent, 0).put("id", "did:web:other.example#ed");
        lent.putArray("assertionMethod").add("did:web:other.example#ed");
        publish("https://school.example/.well-known/did.json", lent);
        assertThat(find("did:web:school.example", "did:web:other.example#ed")).isEqualTo(NOT_ITS_OWN);
    }

    @Test
    void at_its_own_address_an_issuer_has_a_document_and_no_key_alone() {
        publish(ISSUER, SCHOOL.ecJwk());
        assertThat(find(ISSUER, ISSUER + "#ec")).isEqualTo(NOT_ITS_OWN);
    }

    @Test
    void a_name_of_another_kind_is_not_known_and_said_by_its_kind() {
        assertThat(find("did:example:abc:def", "did:example:abc:def#1"))
                .isEqualTo(new Answer.Unknown("Its issuer is named in a way that is not known here (did:example)."));
    }

    @Test
    void an_issuer_that_does_not_answer_is_not_known() {
        assertThat(find(ISSUER, ISSUER + "#ed"))
                .isEqualTo(new Answer.Unknown("Its issuer's keys could not be fetched: Not there."));
        published.put(ISSUER, "<html>");
        assertThat(find(ISSUER, ISSUER + "#ed"))
                .isEqualTo(new Answer.Unknown(
                        "Its issuer's keys could not be fetched: The answer of another system is no JSON."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://school.example/issuer#ed",
                "https://other.example/issuer#ed",
                "https://school.example:8443/issuer#ed"
            })
    void a_key_of_another_host_could_be_anybodys(String method) {
        publish(method.substring(0, method.indexOf('#')), controller(c -> {}));
        assertThat(find(ISSUER, method)).isEqualTo(NOT_ITS_OWN);
        publish(method.substring(0, method.indexOf('#')), SCHOOL.ecJwk());
        assertThat(find(ISSUER, method)).isEqualTo(NOT_ITS_OWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ed", "#ed", "//school.example/issuer", "urn:uuid:1#ed", "https ://x"})
    void what_is_no_address_names_no_key(String method) {
        publish(ISSUER, controller(c -> {}));
        assertThat(find(ISSUER, method)).isEqualTo(NO_KEY);
        assertThat(find(method, ISSUER + "#ed")).isEqualTo(NO_KEY);
    }

    @Test
    void hosts_are_the_same_in_small_and_in_large_letters() {
        publish("HTTPS://MIDI.EXAMPLE/i", SCHOOL.ecJwk());
        assertThat(find("https://midi.example/issuer", "HTTPS://MIDI.EXAMPLE/i"))
                .isInstanceOf(Answer.Own.class);
    }

    @Test
    void an_issuers_document_is_the_one_that_has_its_id() {
        publish(ISSUER, controller(c -> c.put("id", ISSUER + "/other")));
        assertThat(find(ISSUER, ISSUER + "#ed")).isEqualTo(NOT_ITS_OWN);
        // The same document at another address of the host, under which it names the key.
        var keys = "https://school.example/keys";
        publish(keys, controller(c -> {
            method(c, 0).put("id", keys + "#ed");
            c.putArray("assertionMethod").add(keys + "#ed");
        }));
        assertThat(raw(find(ISSUER, keys + "#ed"))).isEqualTo(edwards());
        assertThat(find(ISSUER, keys + "#ec")).isEqualTo(NOT_ITS_OWN);
    }

    @Test
    void a_key_has_to_be_there_and_to_be_asserted_with() {
        publish(ISSUER, controller(c -> c.putArray("assertionMethod").add(ISSUER + "#ec")));
        assertThat(find(ISSUER, ISSUER + "#ed")).isEqualTo(NOT_ITS_OWN);
        assertThat(find(ISSUER, ISSUER + "#ec")).isInstanceOf(Answer.Own.class);
        publish(ISSUER, controller(c -> c.withArray("assertionMethod").insert(0, ISSUER + "#gone")));
        assertThat(find(ISSUER, ISSUER + "#gone")).isEqualTo(NOT_ITS_OWN);
        assertThat(find(ISSUER, ISSUER + "#ed")).isInstanceOf(Answer.Own.class);
        assertThat(find(ISSUER, ISSUER + "#rsa")).isInstanceOf(Answer.Own.class);
    }

    @Test
    void names_may_be_short_and_a_key_may_stand_where_it_is_asserted_with() {
        publish(ISSUER, controller(c -> {
            method(c, 0).put("id", "#ed");
            c.putArray("assertionMethod").add("#ed");
        }));
        assertThat(raw(find(ISSUER, ISSUER + "#ed"))).isEqualTo(edwards());
        publish(ISSUER, controller(c -> {
            var method = method(c, 0).deepCopy();
            c.remove("verificationMethod");
            c.putArray("assertionMethod").add(method.put("id", "#ed"));
        }));
        assertThat(raw(find(ISSUER, ISSUER + "#ed"))).isEqualTo(edwards());
        assertThat(find(ISSUER, ISSUER + "#ec")).isEqualTo(NOT_ITS_OWN);
    }

    @Test
    void a_key_of_another_controller_is_none_of_the_issuers() {
        publish(ISSUER, controller(c -> method(c, 0).put("controller", ISSUER + "/other")));
        assertThat(find(ISSUER, ISSUER + "#ed")).isEqualTo(NOT_ITS_OWN);
        publish(ISSUER, controller(c -> method(c, 0).remove("controller")));
        assertThat(find(ISSUER, ISSUER + "#ed")).isEqualTo(NOT_ITS_OWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoked", "expires"})
    void a_key_ends_with_the_moment_that_it_names(String end) {
        publish(ISSUER, controller(c -> method(c, 0).put(end, TODAY.toString())));
        assertThat(find(ISSUER, ISSUER + "#ed")).isEqualTo(ENDED);
        publish(ISSUER, controller(c -> method(c, 0).put(end, TODAY.plusNanos(1).toString())));
        assertThat(raw(find(ISSUER, ISSUER + "#ed"))).isEqualTo(edwards());
        publish(ISSUER, controller(c -> method(c, 0).put(end, "some day")));
        assertThat(find(ISSUER, ISSUER + "#ed")).isEqualTo(ENDED);
    }

    @Test
    void a_key_set_of_the_host_has_its_keys_by_their_whole_name_or_by_what_follows_the_hash() {
        var set = "https://school.example/jwks";
        var keys = Stranger.JSON.createObjectNode();
        keys.putArray("keys").add(SCHOOL.ecJwk().put("kid", set + "#whole")).add(SCHOOL.rsaJwk());
        publish(set, keys);
        assertThat(find(ISSUER, set + "#whole")).isEqualTo(own(SCHOOL.curve.getPublic()));
        assertThat(find(ISSUER, set + "#rsa")).isEqualTo(own(SCHOOL.rsa.getPublic()));
        assertThat(find(ISSUER, set + "#ec")).isEqualTo(NOT_ITS_OWN);
        publish(set, keys.put("id", set + "#ec").put("controller", ISSUER));
        assertThat(find(ISSUER, set + "#ec")).isEqualTo(NOT_ITS_OWN);
    }

    @Test
    void a_key_alone_at_an_address_of_the_host_is_the_issuers() {
        publish("https://school.example/key", SCHOOL.ecJwk());
        assertThat(find(ISSUER, "https://school.example/key")).isEqualTo(own(SCHOOL.curve.getPublic()));
    }

    @Test
    void a_key_alone_that_says_its_name_says_its_controller_too() {
        var address = "https://school.example/key";
        var method = method(controller(c -> {}), 0).put("id", address);
        publish(address, method);
        assertThat(raw(find(ISSUER, address))).isEqualTo(edwards());
        publish(address, method.deepCopy().put("controller", ISSUER + "/other"));
        assertThat(find(ISSUER, address)).isEqualTo(NOT_ITS_OWN);
        publish(address, method.deepCopy().put("id", address + "#other"));
        assertThat(find(ISSUER, address)).isEqualTo(NOT_ITS_OWN);
    }

    @Test
    void the_same_key_is_read_as_multibase_and_as_jwk() {
        assertThat(VerificationKey.ofMultibase(SCHOOL.curveMultibase()))
                .isEqualTo(new VerificationKey.ForTokens(SCHOOL.curve.getPublic()));
        assertThat(VerificationKey.ofJwk(SCHOOL.ecJwk()))
                .isEqualTo(new VerificationKey.ForTokens(SCHOOL.curve.getPublic()));
        assertThat(VerificationKey.ofJwk(SCHOOL.rsaJwk().put("use", "sig")))
                .isEqualTo(new VerificationKey.ForTokens(SCHOOL.rsa.getPublic()));
        assertThat(((VerificationKey.Edwards) VerificationKey.ofJwk(okp(edwards()))).raw())
                .isEqualTo(edwards());
    }

    @Test
    void a_key_of_another_kind_length_or_use_signs_no_credentials() {
        byte[] ed = Multibase.BASE_58_BTC.decode(SCHOOL.multibase());
        byte[] ec = Multibase.BASE_58_BTC.decode(SCHOOL.curveMultibase());
        for (byte[] key : new byte[][] {ed, ec}) {
            refused(Arrays.copyOf(key, key.length - 1));
            refused(Arrays.copyOf(key, key.length + 1));
            refused(changed(key, 0));
            refused(changed(key, 1));
        }
        refused(uncompressed());
        refused(new byte[0]);
        refused(new byte[1]);
        for (var jwk : new ObjectNode[] {
            okp(Arrays.copyOf(edwards(), 31)),
            okp(Arrays.copyOf(edwards(), 33)),
            okp(edwards()).put("crv", "X25519"),
            SCHOOL.ecJwk().put("crv", "P-384"),
            SCHOOL.ecJwk().put("use", "enc"),
            // Beyond the field, and beside the curve.
            SCHOOL.ecJwk().put("x", base64(BigInteger.TWO.pow(256).toByteArray())),
            SCHOOL.ecJwk().put("y", base64(new byte[99])),
            SCHOOL.ecJwk().put("y", base64(new byte[] {1})),
            SCHOOL.ecJwk().put("y", ""),
            SCHOOL.rsaJwk().put("kty", "oct")
        }) {
            assertThatThrownBy(() -> VerificationKey.ofJwk(jwk)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_rsa_key_has_from_2048_to_8192_bits_and_an_exponent_that_keeps_nobody_busy() {
        assertThat(isRsa(BigInteger.TWO.pow(2047).add(BigInteger.ONE), BigInteger.valueOf(65537)))
                .isTrue();
        assertThat(isRsa(BigInteger.TWO.pow(2047).subtract(BigInteger.ONE), BigInteger.valueOf(65537)))
                .isFalse();
        assertThat(isRsa(BigInteger.TWO.pow(8192).subtract(BigInteger.ONE), BigInteger.valueOf(65537)))
                .isTrue();
        assertThat(isRsa(BigInteger.TWO.pow(8192).add(BigInteger.ONE), BigInteger.valueOf(65537)))
                .isFalse();
        var modulus = ((RSAPublicKey) SCHOOL.rsa.getPublic()).getModulus();
        assertThat(isRsa(modulus, BigInteger.TWO.pow(64).subtract(BigInteger.ONE)))
                .isTrue();
        assertThat(isRsa(modulus, BigInteger.TWO.pow(64).add(BigInteger.ONE))).isFalse();
    }

    private static boolean isRsa(BigInteger modulus, BigInteger exponent) {
        var jwk = Stranger.JSON.createObjectNode().put("kty", "RSA");
        jwk.put("n", base64(modulus.toByteArray())).put("e", base64(exponent.toByteArray()));
        try {
            return VerificationKey.ofJwk(jwk) instanceof VerificationKey.ForTokens(RSAPublicKey key)
                    && key.getModulus().equals(modulus)
                    && key.getPublicExponent().equals(exponent);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refused(byte[] key) {
        assertThatThrownBy(() -> VerificationKey.ofMultibase(Multibase.BASE_58_BTC.encode(key)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The P-256 key as 65 bytes, which no multikey has. */
    private static byte[] uncompressed() {
        var jwk = SCHOOL.ecJwk();
        byte[] point = new byte[67];
        point[0] = (byte) 0x80;
        point[1] = 0x24;
        point[2] = 4;
        System.arraycopy(Base64.getUrlDecoder().decode(jwk.get("x").asText()), 0, point, 3, 32);
        System.arraycopy(Base64.getUrlDecoder().decode(jwk.get("y").asText()), 0, point, 35, 32);
        return point;
    }

    private static byte[] changed(byte[] key, int place) {
        byte[] changed = key.clone();
        changed[place] ^= 2;
        return changed;
    }

    private static ObjectNode okp(byte[] key) {
        return Stranger.JSON
                .createObjectNode()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", base64(key));
    }

    private static byte[] edwards() {
        byte[] encoded = SCHOOL.edwards.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static Answer own(PublicKey key) {
        return new Answer.Own(new VerificationKey.ForTokens(key));
    }

    private static byte[] raw(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Own.class);
        return ((VerificationKey.Edwards) ((Answer.Own) answer).key()).raw();
    }

    private static ObjectNode controller(Consumer<ObjectNode> change) {
        var controller = SCHOOL.controller(ISSUER);
        change.accept(controller);
        return controller;
    }

    private static ObjectNode method(ObjectNode controller, int place) {
        return (ObjectNode) ((ArrayNode) controller.get("verificationMethod")).get(place);
    }

    private void publish(String address, ObjectNode document) {
        published.put(address, document.toString());
    }

    private Answer find(String issuer, String method) {
        var fetches = new Fetches(
                address -> {
                    var text = published.get(address.toString());
                    if (text == null) {
                        throw new Problem(Problem.Kind.UPSTREAM, Outbound.UNREACHABLE, "Not there.");
                    }
                    return text.getBytes(StandardCharsets.UTF_8);
                },
                12,
                Duration.ofMinutes(1));
        return new IssuerKeys(fetches).find(issuer, method, TODAY);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
