package org.cairn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cairn.RehearsalBrowser.Page;

/** The cases of the guide, in its order, and our own. */
final class RehearsalCases {

    private static final String BAD = "Known bad launches (§6.1.1)";
    private static final String OWN = "Known bad launches, our own";
    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";
    private static final String MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#";
    private static final String INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#";

    private static final List<String> SERVICES = List.of(
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
            "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice");

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Somebody whom none of the good launches is of. */
    private static final String STRANGER = "77";

    private static final String COURSE = "2";

    private RehearsalCases() {}

    static List<Rehearsal.Case> all() {
        var all = new ArrayList<Rehearsal.Case>();
        all.addAll(bad());
        all.addAll(badByUs());
        all.addAll(badState());
        all.addAll(good("Valid teacher launches (§6.1.2)", "T", "3", "Instructor", "Administrator"));
        all.addAll(good("Valid student launches (§6.1.3)", "S", "10", "Learner", "Student"));
        all.addAll(RehearsalServices.deepLinking());
        all.addAll(RehearsalServices.roster());
        all.addAll(RehearsalServices.gradebook());
        return List.copyOf(all);
    }

    private static List<Rehearsal.Case> bad() {
        return List.of(
                header("B1", "no key id in the header", header -> header.remove("kid")),
                header("B2", "a key id that is not in the key set", header -> header.put("kid", "imstester_66067")),
                bad("B3", BAD, "version 11.3", claims -> claims.put(LTI + "version", "11.3")),
                bad("B4", BAD, "no version", claims -> claims.remove(LTI + "version")),
                bad(
                        "B5",
                        BAD,
                        "not an LTI message",
                        claims -> claims.removeAll().put("name", "badltilaunch")),
                bad(
                        "B6",
                        BAD,
                        "no aud, iss, sub, deployment_id and roles",
                        claims -> claims.remove(List.of("iss", "aud", "sub", LTI + "deployment_id", LTI + "roles"))),
                bad(
                        "B7",
                        BAD,
                        "iat 11111 and exp 22222",
                        claims -> claims.put("iat", 11111).put("exp", 22222)),
                bad("B8", BAD, "no message_type", claims -> claims.remove(LTI + "message_type")),
                bad("B9", BAD, "no roles", claims -> claims.remove(LTI + "roles")),
                bad("B10", BAD, "no deployment_id", claims -> claims.remove(LTI + "deployment_id")),
                bad("B11a", BAD, "no resource_link", claims -> claims.remove(LTI + "resource_link")),
                bad("B11b", BAD, "no resource_link.id", claims -> claims.putObject(LTI + "resource_link")),
                bad("B12", BAD, "no sub", claims -> claims.remove("sub")));
    }

    private static List<Rehearsal.Case> badByUs() {
        return List.of(
                token("signature", "another person put into a signed token", (stage, token) -> {
                    var parts = token.split("\\.");
                    var forged = decoded(parts[1]).replace("\"" + STRANGER + "\"", "\"10\"");
                    return parts[0] + "." + encoded(forged) + "." + parts[2];
                }),
                token("alg-none", "no signature (alg none)", (stage, token) -> {
                    var parts = token.split("\\.");
                    return header(parts[0], "none") + "." + parts[1] + ".";
                }),
                token("alg-hs256", "the public key taken for a secret (HS256)", (stage, token) -> {
                    var parts = token.split("\\.");
                    var signed = header(parts[0], "HS256") + "." + parts[1];
                    return signed + "." + mac(signed, stage.sandbox().publicKey());
                }),
                bad("iss", OWN, "an issuer that nobody knows", claims -> claims.put("iss", "https://evil.example.com")),
                bad("aud", OWN, "another tool's audience", claims -> claims.put("aud", "other")),
                bad(
                        "aud-array",
                        OWN,
                        "two audiences and no azp",
                        claims -> claims.putArray("aud").add(Demo.CLIENT).add("other")),
                bad("azp", OWN, "another tool's azp", claims -> claims.put("azp", "other")),
                bad(
                        "deployment",
                        OWN,
                        "a deployment that nobody approved",
                        claims -> claims.put(LTI + "deployment_id", "99")),
                bad(
                        "deployment-long",
                        OWN,
                        "a deployment_id of 256 characters",
                        claims -> claims.put(LTI + "deployment_id", "1".repeat(256))),
                bad(
                        "iat",
                        OWN,
                        "issued two minutes from now",
                        claims -> claims.put("iat", claims.get("iat").asLong() + 120)),
                bad(
                        "exp",
                        OWN,
                        "expired two minutes ago",
                        claims -> claims.put("exp", claims.get("iat").asLong() - 120)),
                bad("nonce-missing", OWN, "no nonce", claims -> claims.remove("nonce")),
                bad("nonce-unknown", OWN, "a nonce that was never given out", claims -> claims.put("nonce", "guessed")),
                bad(
                        "target",
                        OWN,
                        "another host's target_link_uri",
                        claims -> claims.put(LTI + "target_link_uri", "https://evil.example.com/lti/launch")),
                bad(
                        "message-type",
                        OWN,
                        "a message type that nobody knows",
                        claims -> claims.put(LTI + "message_type", "LtiUnheardOfRequest")));
    }

    private static List<Rehearsal.Case> badState() {
        return List.of(
                own("nonce-reused", "a token that was used, with the state of another login", stage -> {
                    var browser = stage.browser();
                    var first = good(stage, browser);
                    var second = new HashMap<>(begin(stage, browser));
                    second.put("id_token", first.getOrDefault("id_token", ""));
                    return refused(stage, browser, second);
                }),
                own("state-reused", "the same post again", stage -> {
                    var browser = stage.browser();
                    return refused(stage, browser, good(stage, browser));
                }),
                own("state-missing", "no state", stage -> {
                    var browser = stage.browser();
                    var form = new HashMap<>(begin(stage, browser));
                    form.remove("state");
                    return refused(stage, browser, form);
                }),
                own("state-guessed", "a state that Cairn never made", stage -> {
                    var browser = stage.browser();
                    var form = new HashMap<>(begin(stage, browser));
                    form.put("state", "guessed");
                    return refused(stage, browser, form);
                }),
                own("state-foreign", "the login of another browser", stage -> {
                    var form = begin(stage, stage.browser());
                    var other = stage.browser();
                    begin(stage, other);
                    return refused(stage, other, form);
                }),
                own(
                        "error-unknown",
                        "an error with a state that Cairn never made",
                        stage -> refused(stage, stage.browser(), Map.of("error", "access_denied", "state", "guessed"))),
                own(
                        "error-missing",
                        "an error without a state",
                        stage -> refused(stage, stage.browser(), Map.of("error", "access_denied"))),
                own("error", "an error of the LMS with its state", stage -> {
                    var browser = stage.browser();
                    var form = new HashMap<>(begin(stage, browser));
                    form.remove("id_token");
                    form.put("error", "access_denied");
                    form.put("error_description", "<script>alert(1)</script>");
                    return refused(stage, browser, form);
                }));
    }

    private static List<Rehearsal.Case> good(String section, String letter, String sub, String role, String person) {
        return List.of(
                good(letter + 1, section, "one role", sub, claims -> roles(claims, MEMBERSHIP + role)),
                good(
                        letter + 2,
                        section,
                        "several roles",
                        sub,
                        claims -> roles(claims, MEMBERSHIP + role, INSTITUTION + person, INSTITUTION + "Mentor")),
                good(letter + 3, section, "a short role", sub, claims -> roles(claims, role)),
                good(
                        letter + 4,
                        section,
                        "an unknown role beside",
                        sub,
                        claims -> roles(
                                claims,
                                MEMBERSHIP + role,
                                "http://purl.imsglobal.org/vocab/lis/v2/uknownrole/unknown#Unknown")),
                good(letter + 5, section, "an empty role", sub, claims -> roles(claims, "")),
                good(
                        letter + 6,
                        section,
                        "an e-mail address and no names",
                        sub,
                        claims -> person(claims).put("email", "somebody@example.edu")),
                good(
                        letter + 7,
                        section,
                        "names and no e-mail address",
                        sub,
                        claims -> person(claims)
                                .put("given_name", "Grace")
                                .put("family_name", "Hopper")
                                .put("name", "Grace Hopper")),
                good(letter + 8, section, "nothing personal at all", sub, RehearsalCases::person),
                good(letter + 9, section, "an e-mail address and no context", sub, claims -> {
                    person(claims).put("email", "somebody@example.edu");
                    claims.remove(LTI + "context");
                }),
                good(
                        letter + 10,
                        section,
                        "a link that was never opened before",
                        sub,
                        claims -> claims.putObject(LTI + "resource_link").put("id", "new-" + letter)));
    }

    private static Rehearsal.Case good(
            String id, String section, String name, String sub, Consumer<ObjectNode> change) {
        return new Rehearsal.Case(id, section, name, stage -> {
            stage.sandbox().changeClaims(changed(change));
            return working(stage.browser().launch(stage.sandbox().initiation(sub, COURSE)));
        });
    }

    /** A page of Cairn's own, and not a word of trouble on it. */
    static String working(Page page) {
        boolean isWorking = page.status() == 200
                && page.path().startsWith("/in/")
                && page.body().contains("<h1")
                && page.body().contains("id=\"main\"");
        if (!isWorking) {
            throw new Rehearsal.Unlike("No working page, but status %d at %s.".formatted(page.status(), page.path()));
        }
        return "A working page.";
    }

    private static Rehearsal.Case bad(String id, String section, String name, Consumer<ObjectNode> damage) {
        return new Rehearsal.Case(id, section, name, stage -> {
            var browser = stage.browser();
            return refused(stage, browser, begin(stage, browser, damage));
        });
    }

    private static Rehearsal.Case header(String id, String name, Consumer<ObjectNode> damage) {
        return new Rehearsal.Case(id, BAD, name, stage -> {
            stage.sandbox().changeHeader(changed(damage));
            var browser = stage.browser();
            return refused(stage, browser, begin(stage, browser));
        });
    }

    private static Rehearsal.Case token(String id, String name, BiFunction<RehearsalStage, String, String> damage) {
        return own(id, name, stage -> {
            stage.sandbox().changeToken(token -> damage.apply(stage, token));
            var browser = stage.browser();
            return refused(stage, browser, begin(stage, browser));
        });
    }

    private static Rehearsal.Case own(String id, String name, Rehearsal.Play play) {
        return new Rehearsal.Case(id, OWN, name, play);
    }

    private static Map<String, String> begin(RehearsalStage stage, RehearsalBrowser browser)
            throws IOException, InterruptedException {
        return begin(stage, browser, claims -> {});
    }

    /** Without services: nothing is read from the LMS afterwards, and what is kept comes from launches alone. */
    private static Map<String, String> begin(
            RehearsalStage stage, RehearsalBrowser browser, Consumer<ObjectNode> damage)
            throws IOException, InterruptedException {
        stage.sandbox().changeClaims(changed(claims -> {
            claims.remove(SERVICES);
            damage.accept(claims);
        }));
        return browser.begin(stage.sandbox().initiation(STRANGER, RehearsalStage.ELSEWHERE));
    }

    /** A good launch, and what was posted for it. */
    private static Map<String, String> good(RehearsalStage stage, RehearsalBrowser browser)
            throws IOException, InterruptedException {
        var form = begin(stage, browser);
        working(browser.land(form));
        return form;
    }

    /** An error page, nothing of the course on it, and nothing kept. */
    private static String refused(RehearsalStage stage, RehearsalBrowser browser, Map<String, String> form)
            throws IOException, InterruptedException {
        long before = stage.kept();
        var page = browser.land(form);
        if (page.status() < 400 || page.status() > 499) {
            throw new Rehearsal.Unlike("It was not refused: status %d.".formatted(page.status()));
        }
        var person = stage.sandbox().person(STRANGER);
        for (var word : List.of(
                stage.sandbox().course(RehearsalStage.ELSEWHERE).title(),
                person.familyName(),
                "/in/",
                "Bias in models",
                "<script>alert")) {
            if (page.body().contains(word)) {
                throw new Rehearsal.Unlike("The error page tells of the course: " + word + ".");
            }
        }
        if (stage.kept() != before) {
            throw new Rehearsal.Unlike("It was refused, and something of it was kept.");
        }
        return "An error page (status %d), nothing of the course on it, nothing kept.".formatted(page.status());
    }

    private static UnaryOperator<ObjectNode> changed(Consumer<ObjectNode> change) {
        return json -> {
            change.accept(json);
            return json;
        };
    }

    private static void roles(ObjectNode claims, String... roles) {
        var array = claims.putArray(LTI + "roles");
        List.of(roles).forEach(array::add);
    }

    /** Takes everything personal away. */
    private static ObjectNode person(ObjectNode claims) {
        claims.remove(List.of("name", "given_name", "family_name", "email"));
        return claims;
    }

    /** A token's own header, with another algorithm in it. */
    private static String header(String encoded, String algorithm) {
        return encoded(decoded(encoded).replace("RS256", algorithm));
    }

    private static String mac(String signed, byte[] secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
