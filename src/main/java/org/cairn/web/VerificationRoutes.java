package org.cairn.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import org.cairn.Problem;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.verification.Verification;

/** Credentials checked for programs, as verification-v1.schema.json describes it. Open to everybody, and nothing is kept. */
final class VerificationRoutes {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int MOST = 100;

    private final Verifying verifying;

    VerificationRoutes(Verifying verifying) {
        this.verifying = verifying;
    }

    /** {@code {"credential": …}} is answered with one verification, {@code {"credentials": […]}} with up to 100 in the same order. */
    void verify(Context context) throws IOException {
        var asked = body(context);
        if (asked.has("credential") == asked.has("credentials")) {
            throw malformed("Send one member: credential, or credentials as a list; each a VC-JWT as text, or JSON.");
        }
        var answer = asked.has("credential") ? one(asked.get("credential")) : all(asked.get("credentials"));
        context.header("Cache-Control", "no-store");
        context.contentType("application/json").result(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode one(JsonNode credential) {
        return json(verifying.one(text(credential)));
    }

    private ObjectNode all(JsonNode credentials) {
        if (!credentials.isArray() || credentials.isEmpty() || credentials.size() > MOST) {
            throw malformed("credentials is a list of 1 to %d.".formatted(MOST));
        }
        var texts = new ArrayList<String>();
        credentials.forEach(credential -> texts.add(text(credential)));
        var answer = JsonNodeFactory.instance.objectNode();
        var list = answer.putArray("verifications");
        verifying.all(texts).forEach(verification -> list.add(json(verification)));
        return answer;
    }

    private static String text(JsonNode credential) {
        if (!credential.isTextual() && !credential.isObject()) {
            throw malformed("A credential is a VC-JWT as text, or a JSON object.");
        }
        return credential.isTextual() ? credential.textValue() : credential.toString();
    }

    private static ObjectNode json(Verification verification) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", verification.verdict().name().toLowerCase(Locale.ROOT));
        json.put("sentence", verification.verdict().sentence());
        var checks = json.putArray("checks");
        for (var check : verification.checks()) {
            var result = check.passed() == null ? "unknown" : check.passed() ? "passed" : "failed";
            checks.addObject().put("name", check.name()).put("result", result).put("sentence", check.sentence());
        }
        if (verification.credential() != null) {
            json.set("credential", verification.credential());
        }
        var parts = json.putArray("parts");
        verification.parts().forEach(part -> parts.add(json(part)));
        var endorsements = json.putArray("endorsements");
        verification.endorsements().forEach(one -> endorsements.add(json(one)));
        return json;
    }

    private static ObjectNode body(Context context) throws IOException {
        if (!Body.type(context).equals("application/json")) {
            throw new Problem(
                    Problem.Kind.WRONG_MEDIA_TYPE, "verification_media_type", "Send credentials as application/json.");
        }
        byte[] body = Body.read(context, LARGEST, VerificationRoutes::tooLarge);
        try {
            return CredentialJson.read(body);
        } catch (IllegalArgumentException e) {
            throw malformed("The body is not one JSON object that can be read in one way only.");
        }
    }

    private static Problem tooLarge() {
        return new Problem(Problem.Kind.TOO_LARGE, "verification_too_large", "Send at most 4 MB in one request.");
    }

    private static Problem malformed(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, "verification_malformed", sentence);
    }
}
