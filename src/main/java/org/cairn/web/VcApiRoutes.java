package org.cairn.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.cairn.Problem;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.verification.TestIssuer;

/** The W3C's VC-API for issuers and verifiers, so that the public conformance suites can be pointed at Cairn; only where it was asked for. */
final class VcApiRoutes {

    private static final int LARGEST = 256 * 1024;

    private final TestIssuer issuer;
    private final Clock clock;

    VcApiRoutes(TestIssuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.post("/credentials/issue", this::issue);
        routes.post("/credentials/verify", this::verify);
    }

    /** {@code options.envelope}: application/vc+jwt for a VC-JWT; without it, a Data Integrity proof. */
    private void issue(Context context) throws IOException {
        var asked = body(context);
        var options = asked.path("options");
        if (!(asked.path("credential") instanceof ObjectNode credential)) {
            throw malformed("Send a credential to be signed as the member credential, an object.");
        }
        var suite = options.path("cryptosuite").asText("eddsa-rdfc-2022");
        var envelope = options.path("envelope").asText("");
        if (!suite.equals("eddsa-rdfc-2022") || !(envelope.isEmpty() || envelope.equals("application/vc+jwt"))) {
            throw malformed("Signed here is with eddsa-rdfc-2022, or in an envelope of application/vc+jwt.");
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.set("verifiableCredential", issuer.issue(credential, !envelope.isEmpty(), clock.instant()));
        answer(context, 201, json);
    }

    private void verify(Context context) throws IOException {
        var asked = body(context);
        var credential = asked.path("verifiableCredential");
        if (!credential.isObject() && !credential.isTextual()) {
            throw malformed("Send a signed credential as the member verifiableCredential.");
        }
        var json = JsonNodeFactory.instance.objectNode();
        var problems = JsonNodeFactory.instance.arrayNode();
        for (var check : issuer.verify(credential, clock.instant())) {
            if (!Boolean.TRUE.equals(check.passed())) {
                problems.addObject()
                        .put("type", "https://www.w3.org/TR/vc-data-model#" + type(check.name()))
                        .put("title", check.name())
                        .put("detail", check.sentence());
            }
        }
        json.put("verified", problems.isEmpty());
        json.set("problemDetails", problems);
        answer(context, problems.isEmpty() ? 200 : 400, json);
    }

    /** Verifiable Credentials Data Model 2.0 §7.3. */
    private static String type(String check) {
        return check.equals("signature") || check.equals("issuer")
                ? "CRYPTOGRAPHIC_SECURITY_ERROR"
                : "MALFORMED_VALUE_ERROR";
    }

    private static void answer(Context context, int status, JsonNode json) {
        context.header("Cache-Control", "no-store");
        context.status(status);
        context.contentType("application/json").result(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode body(Context context) throws IOException {
        byte[] body = Body.read(context, LARGEST, VcApiRoutes::tooLarge);
        try {
            return CredentialJson.read(body);
        } catch (IllegalArgumentException e) {
            throw malformed("The body is not one JSON object that can be read in one way only.");
        }
    }

    private static Problem tooLarge() {
        return new Problem(Problem.Kind.TOO_LARGE, "credential_too_large", "Send at most 256 KB.");
    }

    private static Problem malformed(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, "vc_api_malformed", sentence);
    }
}
