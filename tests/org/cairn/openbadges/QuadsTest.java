package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cairn.AchievementId;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.rule.EvaluationJson;
import org.junit.jupiter.api.Test;

/** Our straight way to RDF beside the library's general one: the same statements, for everything that we sign. */
class QuadsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final CredentialDocument DOCUMENT =
            new CredentialDocument(new Addresses("https://cairn.example.edu"));

    @Test
    void every_credential_comes_out_as_the_library_has_it() throws Exception {
        var random = new Random(20261126);
        for (int i = 0; i < 300; i++) {
            var issuance = issuance(random);
            var payload = DOCUMENT.payload(issuance, CredentialId.fresh(), new Credential.StatusEntry(0, i), NOW);
            assertThat(SignedShape.fault(payload)).isEmpty();
            same(CredentialDocument.bare(payload));
        }
    }

    @Test
    void a_proof_and_a_status_list_come_out_as_the_library_has_them() throws Exception {
        same(json("""
                {"@context":["https://www.w3.org/ns/credentials/v2"],"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022",
                 "created":"2026-11-24T09:00:00Z","verificationMethod":"https://a.example/i#k","proofPurpose":"assertionMethod"}"""));
        same(json("""
                {"@context":["https://www.w3.org/ns/credentials/v2"],"id":"https://a.example/list","type":["VerifiableCredential",
                 "BitstringStatusListCredential"],"issuer":"https://a.example/i","validFrom":"2026-11-24T09:00:00Z","credentialSubject":
                 {"id":"https://a.example/list#list","type":"BitstringStatusList","statusPurpose":"revocation","encodedList":"uH4sI"}}"""));
    }

    @Test
    void what_is_not_plain_is_left_to_the_library_and_what_is_not_defined_is_never_signed() {
        for (var odd : List.of(
                "{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'https://a.example','type':'VerifiableCredential','surprise':1}",
                "{'@context':['https://elsewhere.example/v1'],'id':'https://a.example'}",
                "{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'no address','type':'VerifiableCredential'}",
                "{'@context':['https://www.w3.org/ns/credentials/v2',{'own':{'@id':'https://a.example/own','@container':'@list'}}],'id':'https://a.example'}",
                "{'@context':['https://www.w3.org/ns/credentials/v2'],'id':'https://a.example','name':{'@value':'x','@language':'en'}}")) {
            assertThatThrownBy(() -> Quads.write(json(odd.replace('\'', '"')), RdfCanon.create("SHA-256")))
                    .isInstanceOf(Quads.NotPlain.class);
        }
        assertThatThrownBy(
                        () -> DataIntegrity.canonical(
                                json(
                                        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"id\":\"https://a.example\",\"surprise\":1}")))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void same(ObjectNode document) throws Exception {
        var canon = RdfCanon.create("SHA-256");
        Quads.write(document, canon);
        var ours = new StringWriter();
        canon.provide(new NQuadsWriter(ours));
        assertThat(ours.toString()).isEqualTo(DataIntegrity.canonical(document.toString(), new Contexts()));
    }

    private static final List<String> NAMES = List.of("Ada Lovelace", "مها", "O'Brien \"Bob\" \\", "李 小龙");

    /** Anything that a credential may say. */
    static Issuance issuance(Random random) {
        var credits = List.of("10", "2.5", "30", "0.5", "100", "1", "0.125").get(random.nextInt(7));
        var results = random.nextBoolean()
                ? List.<Issuance.Result>of()
                : List.of(new Issuance.Result(
                        "Quïz",
                        new BigDecimal("69.995"),
                        new BigDecimal("1E+2"),
                        random.nextBoolean() ? new BigDecimal("6E+1") : null));
        return new Issuance(
                new IssuerProfile(
                        TenantId.fresh(),
                        IssuerId.fresh(),
                        text(random),
                        random.nextBoolean() ? "https://example.edu" : null,
                        random.nextBoolean() ? "a@example.edu" : null,
                        random.nextBoolean() ? "AT" : null,
                        random.nextBoolean() ? "did:web:example.edu" : null,
                        IssuerProfile.TokenAlgorithm.ES256),
                AwardId.fresh(),
                LearnerId.fresh(),
                NOW,
                random.nextBoolean() ? NOW.plus(Duration.ofDays(400)) : null,
                new Issuance.Badge(
                        new AchievementId("a-" + random.nextInt(100)),
                        1 + random.nextInt(20),
                        random.nextBoolean() ? "Certificate" : "MicroCredential",
                        text(random),
                        text(random),
                        random.nextBoolean() ? new BigDecimal(credits).stripTrailingZeros() : null,
                        "ects",
                        random.nextBoolean() ? 1 + random.nextInt(1000) : null,
                        random.nextBoolean() ? 1 + random.nextInt(8) : null,
                        particulars(random)),
                text(random) + "\n\n- " + text(random),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(part -> new Issuance.Related(new AchievementId("part-" + part), 1))
                        .toList(),
                results,
                random.nextInt(4) == 0
                        ? null
                        : new Issuance.Proof(text(random), EvaluationJson.read(evaluation()), ZoneOffset.UTC),
                new Issuance.Recipient(
                        random.nextBoolean() ? NAMES.get(random.nextInt(NAMES.size())) : null,
                        random.nextInt(3) == 0 ? "did:key:zDnaeSAUZQNsBUJHKWpjPfxGKFKsDaKrZVXXxZt7sWoCyBzWU" : null));
    }

    private static Particulars particulars(Random random) {
        return new Particulars(
                random.nextBoolean() ? "de" : "en",
                random.nextBoolean() ? List.of("one", "zwei ü", "three") : List.of(),
                random.nextBoolean()
                        ? List.of(
                                new Particulars.Skill("Löten", "http://data.europa.eu/esco/skill/1", "ESCO", "S1"),
                                new Particulars.Skill("Welding", "https://example.edu/w", null, null))
                        : List.of(),
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? Particulars.Participation.BLENDED : null,
                random.nextBoolean() ? Particulars.Supervision.SUPERVISED_ONLINE_VERIFIED : null,
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? text(random) : null);
    }

    private static String text(Random random) {
        return List.of(
                        "Soldering",
                        "Löten für Anfänger",
                        "مقدمة",
                        "量子計算",
                        "Quotes \" and \\ back",
                        "Emoji 🪨 stone",
                        "Tab\tand\nline")
                .get(random.nextInt(6));
    }

    private static ObjectNode evaluation() {
        return json("""
                {"rule":{"sum":"ects","atLeast":1E+2},"result":{"state":"MET","counted":[{"award":"1","achievement":"a","version":1,
                 "issuer":"own","at":"2026-11-24T09:00:00Z","credits":69.995,"scheme":"ects","labels":["track:robotics"],"uses":0}],"amount":1E+2}}""");
    }

    private static ObjectNode json(String text) {
        var json = CredentialJson.read(text.getBytes(StandardCharsets.UTF_8));
        return json.isEmpty() ? JsonNodeFactory.instance.objectNode() : json;
    }
}
