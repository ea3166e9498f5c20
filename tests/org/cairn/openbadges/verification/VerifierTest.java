package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.LearnerId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.IssuerStore;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.cairn.keys.SigningKey;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.DataIntegrity;
import org.cairn.openbadges.Issuance;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.Particulars;
import org.cairn.openbadges.StatusList;
import org.cairn.rule.Completed;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;
import org.cairn.rule.Window;
import org.cairn.testing.Databases;
import org.cairn.testing.SettableClock;
import org.cairn.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A credential of ours holds; damaged in any way it does not, and the check that failed is the one that should. */
class VerifierTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> published = new HashMap<>();
    private World world;
    private Credential credential;
    private IssuerDocuments documents;

    @BeforeEach
    void issue() {
        world = new World(Databases.H2);
        documents = new IssuerDocuments(world.keys);
        credential = issue(issuance("Löten & <b>\"Stromkreise\"</b> 电路", List.of()));
        publish();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void what_was_just_issued_holds_in_every_check() {
        var verification = verify(credential.jwt());
        assertThat(verification.verdict()).isEqualTo(Verification.Verdict.VALID);
        assertThat(verification.checks())
                .extracting(Verification.Check::name)
                .containsExactly(
                        "readable",
                        "schema",
                        "terms",
                        "signature",
                        "issuer",
                        "claims",
                        "dates",
                        "status",
                        "newest",
                        "rule");
        assertThat(verification.checks()).allMatch(check -> Boolean.TRUE.equals(check.passed()));
    }

    @Test
    void a_retired_key_still_verifies_what_it_signed_and_signs_no_more() {
        world.keys.rotate(credential.issuer(), KeyAlgorithm.ES256);
        world.keys.rotate(credential.issuer(), KeyAlgorithm.ED25519);
        world.clock.advance(Keys.OVERLAP.plusMinutes(1));
        var newer = issue(issuance("Newer", List.of()));
        publish();
        assertThat(verify(credential.jwt()).isValid()).isTrue();
        assertThat(verify(newer.jwt()).isValid()).isTrue();
        assertThat(kid(newer.jwt())).isNotEqualTo(kid(credential.jwt()));
    }

    @Test
    void a_revoked_credential_says_revoked_and_its_neighbour_does_not() {
        var neighbour = issue(issuance("Neighbour", List.of()));
        world.database.inTransaction(db -> {
            world.credentials.revoke(db, TenantId.fresh(), List.of(credential.award()), world.clock.instant());
            return null;
        });
        publish();
        assertThat(verify(credential.jwt()).isValid()).isTrue();
        world.database.inTransaction(db -> {
            world.credentials.revoke(db, world.tenant, List.of(credential.award()), world.clock.instant());
            return null;
        });
        publish();
        assertThat(verify(credential.jwt()).verdict()).isEqualTo(Verification.Verdict.REVOKED);
        assertThat(verify(neighbour.jwt()).isValid()).isTrue();
    }

    @Test
    void the_form_with_grades_has_an_id_and_a_subject_of_its_own_and_only_it_tells_them() throws Exception {
        var issuance = issuance(
                "Soldering",
                List.of(new Issuance.Result(
                        "Quiz", new BigDecimal("18.5"), new BigDecimal("20"), new BigDecimal("14"))));
        var withGrade = payload(issue(issuance).jwt());
        var without = payload(credential.jwt());
        assertThat(withGrade.path("credentialSubject").path("result").toString())
                .contains("\"18.5\"");
        assertThat(without.toString()).doesNotContain("18.5");
        assertThat(without.path("credentialSubject").has("result")).isFalse();
        assertThat(withGrade.get("id")).isNotEqualTo(without.get("id"));
        assertThat(withGrade.get("sub")).isNotEqualTo(without.get("sub"));
    }

    @Test
    void random_achievements_come_back_as_they_went_in() throws Exception {
        var random = new Random(20261124);
        for (int i = 0; i < 200; i++) {
            var name = random.ints(1 + random.nextInt(60), 32, 0x2fff)
                    .filter(Character::isDefined)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var issued = issue(issuance("n" + name, List.of()));
            assertThat(verify(issued.jwt()).isValid())
                    .as("seed 20261124, %s", name)
                    .isTrue();
            assertThat(payload(issued.jwt())
                            .path("credentialSubject")
                            .path("achievement")
                            .path("name")
                            .asText())
                    .isEqualTo("n" + name);
        }
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                changed(
                        "name changed",
                        p -> ((ObjectNode) p.at("/credentialSubject/achievement")).put("name", "Better")),
                changed("grade added", p -> ((ObjectNode) p.get("credentialSubject")).putArray("result")),
                changed("subject changed", p -> ((ObjectNode) p.get("credentialSubject")).put("id", "urn:uuid:0")),
                changed("validFrom changed", p -> p.put("validFrom", "2020-01-01T00:00:00Z")),
                changed(
                        "status index changed",
                        p -> ((ObjectNode) p.get("credentialStatus")).put("statusListIndex", "1")),
                changed("status removed", p -> p.remove("credentialStatus")),
                changed("issuer name changed", p -> ((ObjectNode) p.get("issuer")).put("name", "Harvard")));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void what_was_changed_after_signing_is_not_genuine(Consumer<ObjectNode> damage) throws Exception {
        var parts = credential.jwt().split("\\.");
        var payload = payload(credential.jwt());
        damage.accept(payload);
        var verification = verify(parts[0] + "." + encoded(payload) + "." + parts[2]);
        assertThat(verification.verdict()).isEqualTo(Verification.Verdict.NOT_GENUINE);
        assertThat(passed(verification, "signature")).isFalse();
    }

    static Stream<Arguments> disagreements() {
        return Stream.of(
                changed("iss_is_another", p -> p.put("iss", "https://evil.example.com/issuers/1")),
                changed("jti_is_another", p -> p.put("jti", "https://cairn.example.edu/credentials/x")),
                changed("sub_is_another", p -> p.put("sub", "urn:uuid:0")),
                changed("nbf_is_not_validFrom", p -> p.put("nbf", p.get("nbf").asLong() - 1)),
                changed("wrapped_in_vc", p -> p.putObject("vc")),
                changed(
                        "exp_is_not_validUntil",
                        p -> p.put("validUntil", "2030-01-01T00:00:00Z").put("exp", 5)));
    }

    /** Signed with the issuer's own key, and still contradicting itself. */
    @ParameterizedTest
    @MethodSource("disagreements")
    void claims_that_contradict_the_credential_fail_their_check(Consumer<ObjectNode> damage) throws Exception {
        var payload = payload(credential.jwt());
        damage.accept(payload);
        var verification = verify(resigned(payload, header -> header));
        assertThat(passed(verification, "signature")).isTrue();
        assertThat(passed(verification, "claims")).isFalse();
        assertThat(verification.verdict()).isEqualTo(Verification.Verdict.NOT_GENUINE);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                header("no_kid", h -> without(h, "kid")),
                header("kid_of_another_issuer", h -> h.put("kid", "https://evil.example.com/issuers/1#k")),
                header("kid_unknown", h -> h.put("kid", h.get("kid").asText() + "x")),
                header("alg_none", h -> h.put("alg", "none")),
                header("alg_HS256", h -> h.put("alg", "HS256")),
                header("alg_RS256_for_an_EC_key", h -> h.put("alg", "RS256")),
                header("jwk_in_the_header", h ->
                        (ObjectNode) h.set("jwk", JSON.createObjectNode().put("kty", "EC"))),
                header("crit", h ->
                        (ObjectNode) h.set("crit", JSON.createArrayNode().add("b64"))),
                header("jku", h -> h.put("jku", "https://evil.example.com/keys")));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void a_header_that_asks_for_another_reading_is_not_genuine(UnaryOperator<ObjectNode> damage) throws Exception {
        assertThat(verify(resigned(payload(credential.jwt()), damage)).verdict())
                .isEqualTo(Verification.Verdict.NOT_GENUINE);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"", "x", "a.b.c", "e30.e30", "{\"json\":true}", "e30.W10.x", "..", "\u0000"})
    void what_is_no_credential_is_unreadable(String text) {
        assertThat(verify(text).verdict()).isEqualTo(Verification.Verdict.UNREADABLE);
    }

    @Test
    void deep_and_long_texts_are_unreadable_and_cost_little() {
        var deep = Base64.getUrlEncoder()
                .encodeToString(("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
        assertThat(verify("e30." + deep + ".x").verdict()).isEqualTo(Verification.Verdict.UNREADABLE);
        assertThat(verify("a".repeat(300_000)).verdict()).isEqualTo(Verification.Verdict.UNREADABLE);
    }

    @Test
    void an_issuer_that_cannot_be_reached_leaves_it_unchecked() {
        published.clear();
        var verification = verify(credential.jwt());
        assertThat(verification.verdict()).isEqualTo(Verification.Verdict.UNCHECKED);
        assertThat(passed(verification, "signature")).isNull();
    }

    @Test
    void a_status_list_that_is_missing_or_was_changed_leaves_it_unchecked() throws Exception {
        var address = payload(credential.jwt())
                .at("/credentialStatus/statusListCredential")
                .asText();
        var list = (ObjectNode) JSON.readTree(published.get(address));
        ((ObjectNode) list.get("credentialSubject")).put("encodedList", StatusList.encode(List.of()) + "AA");
        published.put(address, list.toString());
        assertThat(verify(credential.jwt()).verdict()).isEqualTo(Verification.Verdict.UNCHECKED);
        published.remove(address);
        assertThat(verify(credential.jwt()).verdict()).isEqualTo(Verification.Verdict.UNCHECKED);
    }

    @Test
    void before_its_date_it_does_not_hold() {
        var early = verifier().verify(credential.jwt(), world.clock.instant().minus(Duration.ofDays(1)));
        assertThat(early.verdict()).isEqualTo(Verification.Verdict.NOT_YET_VALID);
    }

    @Test
    void a_rule_that_what_it_shows_does_not_meet_is_found_out_though_its_issuer_signed_it() throws Exception {
        var payload = payload(credential.jwt());
        var evaluation = (ObjectNode) payload.at("/evidence/0/evaluation");
        ((ObjectNode) evaluation.at("/result/used")).put("complete", false);
        var verification = verify(resigned(payload, header -> header));
        assertThat(verification.verdict()).isEqualTo(Verification.Verdict.RULE_NOT_MET);
        assertThat(passed(verification, "rule")).isFalse();
        evaluation.put("at", "yesterday");
        assertThat(passed(verify(resigned(payload, header -> header)), "rule")).isNull();
        evaluation.removeAll().put("rule", "[".repeat(50));
        assertThat(passed(verify(resigned(payload, header -> header)), "rule")).isNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void credentials_are_listed_for_their_own_tenant_only(Databases databases) {
        try (var other = new World(databases)) {
            other.define("soldering", "{'score':'quiz','atLeast':70}");
            var award = other.grade("ada", "quiz", 90).awards().getFirst();
            other.database.inTransaction(db -> {
                var own = other.credentials.list(db, other.tenant, List.of(award.id()));
                assertThat(own).hasSize(1);
                assertThat(other.credentials.list(db, TenantId.fresh(), List.of(award.id())))
                        .isEmpty();
                other.credentials.show(db, TenantId.fresh(), own.getFirst().id(), other.clock.instant());
                assertThat(other.credentials
                                .find(db, own.getFirst().id())
                                .orElseThrow()
                                .isShown())
                        .isFalse();
                other.credentials.show(db, other.tenant, own.getFirst().id(), other.clock.instant());
                assertThat(other.credentials
                                .find(db, own.getFirst().id())
                                .orElseThrow()
                                .isShown())
                        .isTrue();
                return null;
            });
        }
    }

    @Test
    void a_term_that_is_not_in_the_table_is_never_signed() {
        assertThatThrownBy(() -> DataIntegrity.canonical(
                        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"id\":\"urn:x\",\"surprise\":1}",
                        new Contexts()))
                .isInstanceOf(IllegalStateException.class);
    }

    private Issuance issuance(String name, List<Issuance.Result> results) {
        return new Issuance(
                world.database.inTransaction(db -> IssuerStore.get(db, world.tenant)),
                AwardId.fresh(),
                LearnerId.fresh(),
                world.clock.instant(),
                null,
                new Issuance.Badge(
                        new AchievementId("soldering"),
                        1,
                        "MicroCredential",
                        name,
                        "About it",
                        BigDecimal.ONE,
                        "ects",
                        25,
                        6,
                        Particulars.NONE),
                "At least 70 % in *Quiz*.",
                List.of(),
                results,
                new Issuance.Proof("Reported by the learning platform.", evaluation(), ZoneOffset.UTC),
                Issuance.Recipient.UNNAMED);
    }

    private Evaluation evaluation() {
        var now = world.clock.instant();
        var slot = new Slot("quiz");
        var fact = new Fact(1, Fact.State.GRADED, BigDecimal.TEN, BigDecimal.TEN, true, now, Strength.STRONG);
        return Evaluator.evaluate(
                new Completed(slot, Window.ALWAYS),
                Facts.none(ZoneOffset.UTC).withAttempts(Map.of(slot, List.of(fact))),
                now);
    }

    private Credential issue(Issuance issuance) {
        return world.database.inTransaction(db -> world.credentials
                .issueAll(db, List.of(issuance), world.clock.instant())
                .getFirst());
    }

    private void publish() {
        world.database.inTransaction(db -> {
            var profile = IssuerStore.get(db, world.tenant);
            var issuer = world.credentials.addresses().issuer(profile.id());
            published.put(issuer, documents.controller(db, profile.id(), issuer).toString());
            published.put(
                    issuer + "/status/0",
                    documents.statusList(db, profile, issuer, issuer + "/status/0", 0, false, world.clock.instant()));
            return null;
        });
    }

    private Verification verify(String text) {
        return verifier().verify(text, world.clock.instant());
    }

    private Verifier verifier() {
        return new Verifier(this::fetch, new Standards(this::fetch, null, world.clock), this::held);
    }

    private Optional<Held> held(String id) {
        return id.startsWith("https://cairn.example.edu/credentials/")
                ? Optional.of(new Held(issuer(), SettableClock.START, false))
                : Optional.empty();
    }

    private String issuer() {
        return credential.issuedAs();
    }

    private byte[] fetch(URI address) {
        var text = published.get(address.toString());
        if (text == null) {
            throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String resigned(ObjectNode payload, UnaryOperator<ObjectNode> damage) throws Exception {
        SigningKey key =
                world.database.inTransaction(db -> world.keys.issuerKey(db, credential.issuer(), KeyAlgorithm.ES256));
        var parts = credential.jwt().split("\\.");
        var header =
                damage.apply((ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[0])));
        var signed = encoded(header) + "." + encoded(payload);
        return signed + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static ObjectNode payload(String jwt) throws Exception {
        return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
    }

    private static String kid(String jwt) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[0]), StandardCharsets.UTF_8);
    }

    private static String encoded(ObjectNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Boolean passed(Verification verification, String name) {
        return verification.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .passed();
    }

    private static ObjectNode without(ObjectNode json, String member) {
        json.remove(member);
        return json;
    }

    private static Arguments changed(String name, Consumer<ObjectNode> damage) {
        return Arguments.of(Named.of(name, damage));
    }

    private static Arguments header(String name, UnaryOperator<ObjectNode> damage) {
        return Arguments.of(Named.of(name, damage));
    }
}
