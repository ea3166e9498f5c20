package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A tool that was here by LTI 1.1 before: its key and secret of then (Migration Guide 1.3 §3.1). */
public record Migration(String consumerKey, String secret) {

    /** What people, courses and links were called then: what they are called now, after this word. */
    public static final String FORMER = "former-";

    /** Puts the claim into a token that is whole otherwise: the signature covers five of its claims. */
    void describe(ObjectNode token) {
        var claim = token.putObject(IdTokens.LTI + "lti1p1");
        claim.put("user_id", FORMER + token.path("sub").asText())
                .put(
                        "context_id",
                        FORMER + token.path(IdTokens.LTI + "context").path("id").asText())
                .put(
                        "resource_link_id",
                        FORMER
                                + token.path(IdTokens.LTI + "resource_link")
                                        .path("id")
                                        .asText())
                .put("tool_consumer_instance_guid", "example-university")
                .put("oauth_consumer_key", consumerKey)
                .put("oauth_consumer_key_sign", signature(token));
    }

    private String signature(ObjectNode token) {
        var base = String.join(
                "&",
                consumerKey,
                token.path(IdTokens.LTI + "deployment_id").asText(),
                token.path("iss").asText(),
                token.path("aud").asText(),
                token.path("exp").asText(),
                token.path("nonce").asText());
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Migration[" + consumerKey + "]";
    }
}
