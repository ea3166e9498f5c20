package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cairn.openbadges.Pdfs;
import org.cairn.openbadges.Pictures;

/** Credentials of a stranger, whole in every form and damaged in every way, each named by what is wrong with it. */
final class Damages {

    private static final String ES256 = "SHA256withECDSAinP1363Format";

    /** How a kind of credential is made of a stranger; an own one for each, so that none spoils another's issuer. */
    interface Kind extends Function<Stranger, byte[]> {}

    static final Map<String, Kind> WHOLE = new LinkedHashMap<>();
    static final Map<String, Kind> DAMAGED = new LinkedHashMap<>();

    static {
        whole("proof", s -> s.proved(s.credential()));
        whole("proof_by_did_key", s -> {
            var credential = by(s.credential(), s.didKey());
            credential.remove("credentialStatus");
            return s.proved(credential, s.proof(s.didKey() + "#" + s.multibase()), s.edwards);
        });
        whole("proof_by_did_web", s -> {
            var did = didWeb(s);
            s.published.put("/.well-known/did.json", s.controller(did).toString());
            var credential = by(s.credential(), did);
            credential.remove("credentialStatus");
            return s.proved(credential, s.proof(did + "#ed"), s.edwards);
        });
        whole("proof_with_every_term_of_others", s -> s.proved(rich(s.credential())));
        whole("token_ES256", s -> s.token(Stranger.payload(s.credential())));
        whole(
                "token_RS256",
                s -> Stranger.token(
                        Stranger.payload(s.credential()),
                        Stranger.header("RS256", s.issuer() + "#rsa"),
                        "SHA256withRSA",
                        s.rsa));
        whole("token_by_key_set", s -> {
            var keys = Stranger.JSON.createObjectNode();
            keys.putArray("keys").add(s.rsaJwk()).add(s.ecJwk());
            s.published.put("/jwks", keys.toString());
            return Stranger.token(
                    Stranger.payload(s.credential()), Stranger.header("ES256", s.url() + "/jwks#ec"), ES256, s.curve);
        });
        whole(
                "token_with_an_end",
                s -> s.token(Stranger.payload(s.credential().put("validUntil", "2099-01-01T00:00:00Z"))));
        whole("png", s -> Pictures.png(Pictures.itxt("openbadgecredential", 0, s.proved(s.credential()))));
        picture(
                "svg",
                s -> Pictures.svg("<openbadges:credential><![CDATA[%s]]></openbadges:credential>"
                        .formatted(s.proved(s.credential()))));
        picture(
                "svg_of_a_token",
                s -> Pictures.svg("<openbadges:credential verify=\"%s\"></openbadges:credential>"
                        .formatted(s.token(Stranger.payload(s.credential())))));
        picture("pdf", s -> Pdfs.carrying(Map.of("credential.jwt", s.token(Stranger.payload(s.credential())))));
        picture(
                "pdf_with_other_files",
                s -> Pdfs.carrying(
                        Map.of("badge.json", s.proved(s.credential()), "grades.csv", "a,b", "invoice.xml", "<a/>")));

        // Changed after it was signed
        changed("name_changed", c -> at(c, "/credentialSubject/achievement").put("name", "Better"));
        changed(
                "description_removed",
                c -> at(c, "/credentialSubject/achievement").remove("description"));
        changed(
                "grade_added",
                c -> at(c, "/credentialSubject")
                        .putArray("result")
                        .addObject()
                        .put("value", "100")
                        .putArray("type")
                        .add("Result"));
        changed("subject_changed", c -> at(c, "/credentialSubject").put("id", "did:example:mallory"));
        changed("end_added", c -> c.put("validUntil", "2099-01-01T00:00:00Z"));
        changed("begin_changed", c -> c.put("validFrom", "2020-01-01T00:00:00Z"));
        changed("issuer_name_changed", c -> at(c, "/issuer").put("name", "Harvard"));
        changed(
                "issuer_changed",
                c -> at(c, "/issuer").put("id", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"));
        changed("status_removed", c -> c.remove("credentialStatus"));
        changed("status_index_changed", c -> at(c, "/credentialStatus").put("statusListIndex", "8"));
        changed("proof_created_changed", c -> at(c, "/proof").put("created", "2020-01-01T00:00:00Z"));
        changed("proof_purpose_missing", c -> at(c, "/proof").remove("proofPurpose"));
        changed("proof_purpose_changed", c -> at(c, "/proof").put("proofPurpose", "authentication"));
        changed("cryptosuite_changed", c -> at(c, "/proof").put("cryptosuite", "ecdsa-rdfc-2019"));
        changed("proof_value_cut", c -> at(c, "/proof").put("proofValue", "z3hY"));
        changed("proof_value_in_another_base", c -> at(c, "/proof").put("proofValue", "u" + "A".repeat(86)));
        changed("proof_removed", c -> c.remove("proof"));
        changed("context_removed", c -> c.withArray("@context").remove(1));
        changed("context_unknown", c -> c.withArray("@context").add("https://evil.example.com/context.json"));
        changed(
                "context_of_its_own",
                c -> c.withArray("@context")
                        .addObject()
                        .putObject("honours")
                        .put("@id", "https://example.com/honours")
                        .put("@container", "@graph"));
        changed("term_undefined", c -> at(c, "/credentialSubject").put("honours", "summa cum laude"));
        changed("type_undefined", c -> c.withArray("type").add("Doctorate"));
        changed(
                "address_not_whole",
                c -> at(c, "/credentialSubject/achievement")
                        .putObject("image")
                        .put("id", "gold.png")
                        .put("type", "Image"));
        changed("keyword_as_member", c -> c.put("@id", "urn:uuid:2"));

        changed("made_to_take_for_ever", c -> {
            var issuers = c.putArray("issuer");
            for (int from = 0; from < 12; from++) {
                var profile = issuers.addObject().put("id", "_:p" + from);
                profile.putArray("type").add("Profile");
                var parents = profile.putArray("parentOrg");
                for (int to = 0; to < 12; to++) {
                    parents.addObject().put("id", "_:p" + to).putArray("type").add("Profile");
                }
            }
        });

        // Signed, and wrong all the same
        signed("criteria_missing", c -> at(c, "/credentialSubject/achievement").remove("criteria"));
        signed("achievement_missing", c -> at(c, "/credentialSubject").remove("achievement"));
        signed("begin_missing", c -> c.remove("validFrom"));
        signed("type_missing", c -> c.putArray("type").add("VerifiableCredential"));
        signed(
                "two_statuses",
                c -> c.set(
                        "credentialStatus",
                        Stranger.JSON
                                .createArrayNode()
                                .add(c.get("credentialStatus"))
                                .add(c.get("credentialStatus"))));
        signed("contexts_in_another_order", c -> {
            var contexts = c.putArray("@context");
            contexts.add("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json");
            contexts.add("https://www.w3.org/ns/credentials/v2");
        });
        signed("expired", c -> c.put("validUntil", "2026-02-01T00:00:00Z"));
        signed("not_yet_valid", c -> c.put("validFrom", "2099-01-01T00:00:00Z"));
        damaged("signed_with_another_key", s -> {
            try (var other = new Stranger()) {
                return s.proved(s.credential(), s.proof(s.issuer() + "#ed"), other.edwards);
            }
        });
        damaged("key_of_another_issuer", s -> {
            var other = s.another();
            return s.proved(s.credential(), s.proof(other.issuer() + "#ed"), other.edwards);
        });
        damaged(
                "proof_signed_for_another_purpose",
                s -> s.proved(
                        s.credential(), s.proof(s.issuer() + "#ed").put("proofPurpose", "authentication"), s.edwards));
        damaged("proof_signed_without_a_purpose", s -> {
            var proof = s.proof(s.issuer() + "#ed");
            proof.remove("proofPurpose");
            return s.proved(s.credential(), proof, s.edwards);
        });
        damaged("issuer_document_that_is_another_s", s -> {
            s.published.put(
                    "/issuer", s.controller().put("id", s.url() + "/other").toString());
            return s.proved(s.credential());
        });
        damaged("key_not_asserted", s -> {
            var controller = s.controller();
            controller.putArray("assertionMethod").add(s.issuer() + "#ec");
            s.published.put("/issuer", controller.toString());
            return s.proved(s.credential());
        });
        damaged("key_revoked", s -> {
            var controller = s.controller();
            at(controller, "/verificationMethod/0").put("revoked", "2026-01-01T00:00:00Z");
            s.published.put("/issuer", controller.toString());
            return s.proved(s.credential());
        });
        damaged("issuer_document_of_another", s -> {
            s.published.put("/issuer", s.controller(s.url() + "/other").toString());
            return s.proved(s.credential());
        });
        damaged(
                "proof_over",
                s -> s.proved(
                        s.credential(), s.proof(s.issuer() + "#ed").put("expires", "2026-01-01T00:00:00Z"), s.edwards));
        damaged("two_credentials", s -> "[%s,%s]".formatted(s.proved(s.credential()), s.proved(s.credential())));
        damaged("member_twice", s -> s.proved(s.credential()).replaceFirst("\\{", "{\"name\":\"Better\","));
        damaged("cut_off", s -> s.proved(s.credential()).substring(0, 400));

        // Taken back, or not known whether it was
        status("revoked", s -> s.proved(s.list(List.of(7), "revocation")));
        status("list_of_another_issuer", s -> {
            var other = s.another();
            return other.proved(s.list(List.of(), "revocation").put("issuer", other.issuer()));
        });
        status("list_not_signed", s -> s.list(List.of(), "revocation").toString());
        status("list_changed", s -> {
            var list = Stranger.json(s.proved(s.list(List.of(7), "revocation")));
            at(list, "/credentialSubject")
                    .set("encodedList", s.list(List.of(), "revocation").at("/credentialSubject/encodedList"));
            return list.toString();
        });
        status("list_too_short", s -> {
            var list = s.list(List.of(), "revocation");
            at(list, "/credentialSubject").put("encodedList", "uH4sIAAAAAAAAA2NgYGAAAB_U_7AEAAAA");
            return s.proved(list);
        });
        status("list_over", s -> s.proved(s.list(List.of(), "revocation").put("validUntil", "2026-02-01T00:00:00Z")));
        status("list_missing", s -> null);
        damaged("suspended", s -> {
            s.published.put("/issuer/status", s.proved(s.list(List.of(7), "suspension")));
            var credential = s.credential();
            at(credential, "/credentialStatus").put("statusPurpose", "suspension");
            return s.proved(credential);
        });

        // Tokens
        token("token_changed", token -> {
            var parts = token.split("\\.");
            var payload = Stranger.json(
                    new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            at(payload, "/credentialSubject/achievement").put("name", "Better");
            return parts[0] + "." + Stranger.base64(payload.toString()) + "." + parts[2];
        });
        token("token_signature_cut", token -> token.substring(0, token.length() - 8));
        token("token_without_signature", token -> token.substring(0, token.lastIndexOf('.') + 1));
        header("alg_none", h -> h.put("alg", "none"));
        header("alg_HS256", h -> h.put("alg", "HS256"));
        header("alg_RS256_for_another_key", h -> h.put("alg", "RS256"));
        header("jwk_in_header", h -> {
            h.remove("kid");
            h.putObject("jwk").put("kty", "EC").put("crv", "P-256");
        });
        header("crit", h -> h.putArray("crit").add("b64"));
        header("kid_missing", h -> h.remove("kid"));
        header("kid_unknown", h -> h.put("kid", h.get("kid").asText() + "x"));
        damaged("kid_elsewhere", s -> {
            var other = s.another();
            return Stranger.token(
                    Stranger.payload(s.credential()),
                    Stranger.header("ES256", other.issuer() + "#ec"),
                    ES256,
                    other.curve);
        });
        damaged("key_set_elsewhere", s -> {
            var other = s.another();
            var keys = Stranger.JSON.createObjectNode();
            keys.putArray("keys").add(other.ecJwk());
            other.published.put("/jwks", keys.toString());
            return Stranger.token(
                    Stranger.payload(s.credential()),
                    Stranger.header("ES256", other.url() + "/jwks#ec"),
                    ES256,
                    other.curve);
        });
        damaged("kid_of_another_issuer", s -> {
            s.published.put("/other", s.controller(s.url() + "/other").toString());
            return Stranger.token(
                    Stranger.payload(s.credential()), Stranger.header("ES256", s.url() + "/other#ec"), ES256, s.curve);
        });
        payload("iss_not_issuer", p -> p.put("iss", "https://evil.example.com"));
        payload("jti_not_id", p -> p.put("jti", "urn:uuid:2"));
        payload("sub_not_subject", p -> p.put("sub", "did:example:mallory"));
        payload("nbf_not_validFrom", p -> p.put("nbf", 5));
        payload("exp_missing", p -> p.put("validUntil", "2099-01-01T00:00:00Z"));
        payload(
                "exp_not_validUntil",
                p -> p.put("validUntil", "2099-01-01T00:00:00Z").put("exp", 5_000_000_000L));
        payload("vc_claim", p -> p.putObject("vc").put("name", "Better"));
        payload("token_term_undefined", p -> p.put("honours", "summa cum laude"));
        payload(
                "token_criteria_missing",
                p -> at(p, "/credentialSubject/achievement").remove("criteria"));
        damaged(
                "token_expired",
                s -> s.token(Stranger.payload(s.credential().put("validUntil", "2026-02-01T00:00:00Z"))));

        // Pictures
        picture(
                "itxt_compressed",
                DAMAGED,
                s -> Pictures.png(Pictures.itxt("openbadgecredential", 1, s.proved(s.credential()))));
        picture(
                "two_itxt",
                DAMAGED,
                s -> Pictures.png(
                        Pictures.itxt("openbadgecredential", 0, s.proved(s.credential())),
                        Pictures.itxt("openbadgecredential", 0, s.proved(s.credential()))));
        picture(
                "png_without_credential",
                DAMAGED,
                s -> Pictures.png(Pictures.itxt("Comment", 0, s.proved(s.credential()))));
        picture(
                "png_cut",
                DAMAGED,
                s -> Arrays.copyOf(
                        Pictures.png(Pictures.itxt("openbadgecredential", 0, s.proved(s.credential()))), 600));
        picture(
                "svg_with_external_entity",
                DAMAGED,
                s -> ("<!DOCTYPE svg [<!ENTITY x SYSTEM \"%s/issuer\">]>".formatted(s.url())
                                + text(Pictures.svg("<openbadges:credential>&x;</openbadges:credential>")))
                        .getBytes(StandardCharsets.UTF_8));
    }

    static {
        damaged(
                "question_mark_made_half_a_character",
                s -> s.proved(asking(s.credential())).replace("hold?", "hold\\ud83d"));
        picture("pdf_without_credential", DAMAGED, s -> Pdfs.carrying(Map.of("grades.csv", "a,b")));
        picture(
                "pdf_with_two_credentials",
                DAMAGED,
                s -> Pdfs.carrying(Map.of(
                        "a.json", s.proved(s.credential()), "b.jwt", s.token(Stranger.payload(s.credential())))));
        picture(
                "pdf_with_a_changed_credential",
                DAMAGED,
                s -> Pdfs.carrying(Map.of("a.json", s.proved(s.credential()).replace("Löten 电路", "Schmieden"))));
        picture("pdf_cut", DAMAGED, s -> Arrays.copyOf(Pdfs.carrying(Map.of("a.json", s.proved(s.credential()))), 600));
    }

    private Damages() {}

    static Map<String, Kind> all() {
        var all = new LinkedHashMap<>(WHOLE);
        all.putAll(DAMAGED);
        return all;
    }

    private static ObjectNode by(ObjectNode credential, String issuer) {
        at(credential, "/issuer").put("id", issuer);
        return credential;
    }

    private static String didWeb(Stranger stranger) {
        return "did:web:" + stranger.url().substring("http://".length()).replace(":", "%3A");
    }

    /** With terms that Cairn itself does not use. */
    private static ObjectNode rich(ObjectNode credential) {
        credential.withArray("@context").add("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json");
        credential
                .putObject("credentialSchema")
                .put(
                        "id",
                        "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json")
                .put("type", "1EdTechJsonSchemaValidator2019");
        at(credential, "/issuer").put("phone", "+43 1 23456").put("official", "Ä");
        at(credential, "/credentialSubject")
                .put("licenseNumber", "7")
                .put("role", "Löterin")
                .put("creditsEarned", 2.5);
        at(credential, "/credentialSubject/achievement").put("humanCode", "L1").put("specialization", "Feinlöten");
        return credential;
    }

    private static ObjectNode asking(ObjectNode credential) {
        at(credential, "/credentialSubject/achievement").put("description", "Does it hold?");
        return credential;
    }

    private static void whole(String name, Function<Stranger, Object> make) {
        WHOLE.put(name, s -> bytes(make.apply(s)));
    }

    private static void picture(String name, Kind make) {
        picture(name, WHOLE, make);
    }

    private static void picture(String name, Map<String, Kind> kinds, Kind make) {
        kinds.put(name, make);
    }

    private static void damaged(String name, Function<Stranger, String> make) {
        DAMAGED.put(name, s -> bytes(make.apply(s)));
    }

    private static void changed(String name, Consumer<ObjectNode> damage) {
        damaged(name, s -> {
            var credential = Stranger.json(s.proved(s.credential()));
            damage.accept(credential);
            return credential.toString();
        });
    }

    private static void signed(String name, Consumer<ObjectNode> damage) {
        damaged(name, s -> {
            var credential = s.credential();
            damage.accept(credential);
            return s.proved(credential);
        });
    }

    private static void status(String name, Function<Stranger, String> list) {
        damaged(name, s -> {
            var text = list.apply(s);
            if (text == null) {
                s.published.remove("/issuer/status");
            } else {
                s.published.put("/issuer/status", text);
            }
            return s.proved(s.credential());
        });
    }

    private static void payload(String name, Consumer<ObjectNode> damage) {
        damaged(name, s -> {
            var payload = Stranger.payload(s.credential());
            damage.accept(payload);
            return s.token(payload);
        });
    }

    private static void header(String name, Consumer<ObjectNode> damage) {
        damaged(name, s -> {
            var header = Stranger.header("ES256", s.issuer() + "#ec");
            damage.accept(header);
            return Stranger.token(Stranger.payload(s.credential()), header, ES256, s.curve);
        });
    }

    private static void token(String name, UnaryOperator<String> damage) {
        damaged(name, s -> damage.apply(s.token(Stranger.payload(s.credential()))));
    }

    private static ObjectNode at(ObjectNode json, String pointer) {
        return (ObjectNode) json.at(pointer);
    }

    static byte[] bytes(Object made) {
        return made instanceof byte[] bytes ? bytes : String.valueOf(made).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
