package org.cairn.openbadges.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.verification.VerificationKey;

/** The key of a wallet, with the DID that a credential which is bound to it calls its subject. */
record HolderKey(String did, VerificationKey key) {

    private static final int LONGEST = 500;
    private static final Pattern DID_KEY = Pattern.compile("did:key:(z[1-9A-HJ-NP-Za-km-z]+)#\\1");
    private static final Pattern DID_JWK = Pattern.compile("did:jwk:([A-Za-z0-9_-]+)#0");

    /** The one that the header of a proof names, by its DID or as it is; throws IllegalArgumentException where it names none, or two. */
    static HolderKey of(JsonNode header) {
        if (header.has("kid") == header.has("jwk") || header.has("x5c") || header.has("trust_chain")) {
            throw new IllegalArgumentException("Name one key, as kid or as jwk.");
        }
        var key = header.has("kid") ? ofDid(header.path("kid").asText()) : ofJwk(header.path("jwk"));
        if (key.did().length() > LONGEST) {
            throw new IllegalArgumentException("The DID is too long.");
        }
        return key;
    }

    private static HolderKey ofDid(String kid) {
        var didKey = DID_KEY.matcher(kid);
        if (didKey.matches()) {
            return new HolderKey("did:key:" + didKey.group(1), VerificationKey.ofMultibase(didKey.group(1)));
        }
        var didJwk = DID_JWK.matcher(kid);
        if (didJwk.matches()) {
            var jwk = CredentialJson.read(Base64.getUrlDecoder().decode(didJwk.group(1)));
            return new HolderKey("did:jwk:" + didJwk.group(1), key(jwk));
        }
        throw new IllegalArgumentException("The kid is a DID URL of did:key or did:jwk.");
    }

    /** A key without a name is called by itself (did:jwk), with nothing that does not belong to it. */
    private static HolderKey ofJwk(JsonNode jwk) {
        var key = key(jwk);
        ObjectNode plain = ((ObjectNode) jwk).deepCopy().retain(List.of("crv", "kty", "x", "y"));
        var text = plain.toString().getBytes(StandardCharsets.UTF_8);
        return new HolderKey(
                "did:jwk:" + Base64.getUrlEncoder().withoutPadding().encodeToString(text), key);
    }

    private static VerificationKey key(JsonNode jwk) {
        if (jwk.has("d") || jwk.path("kty").asText().equals("RSA")) {
            throw new IllegalArgumentException("The key is a public one, of P-256 or Ed25519.");
        }
        return VerificationKey.ofJwk(jwk);
    }
}
