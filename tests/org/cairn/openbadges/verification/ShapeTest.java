package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.testing.SettableClock;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Open Badges 3.0 and CLR 2.0 require of a credential, part by part. */
class ShapeTest {

    private static final Stranger SCHOOL = new Stranger();
    private static final Check WHOLE =
            new Check("schema", true, "It has the parts and forms that its standard requires.");

    @AfterAll
    static void close() {
        SCHOOL.close();
    }

    static Stream<Arguments> faultsOfABadge() {
        return Stream.of(
                fault("id is missing", c -> c.remove("id")),
                fault("id is missing", c -> c.putNull("id")),
                fault("id is missing", c -> c.put("id", " ")),
                fault("issuer is missing", c -> c.remove("issuer")),
                fault("validFrom is missing", c -> c.remove("validFrom")),
                fault("credentialSubject is missing", c -> c.remove("credentialSubject")),
                fault(
                        "type does not say VerifiableCredential",
                        c -> c.putArray("type").add("OpenBadgeCredential")),
                fault(
                        "validFrom and validUntil are not moments with a time zone",
                        c -> c.put("validFrom", "2026-01-01")),
                fault(
                        "validFrom and validUntil are not moments with a time zone",
                        c -> c.put("validUntil", "2026-01-01")),
                fault("it ends before it begins", c -> c.put("validUntil", "2026-01-15T09:59:59Z")),
                fault("id is no address", c -> c.put("id", "badge 7")),
                fault("id is no address", c -> c.put("id", "1:2")),
                fault("issuer is no address", c -> c.put("issuer", "School")),
                fault("issuer is no address", c -> at(c, "/issuer").put("id", "School")),
                fault("issuer is no address", c -> at(c, "/issuer").remove("id")),
                fault("credentialStatus is not one object", c -> c.putArray("credentialStatus")),
                fault("credentialStatus is not one object", c -> c.put("credentialStatus", "none")),
                fault("@context does not name its two vocabularies first and in order", c -> c.put("@context", "x")),
                fault(
                        "@context does not name its two vocabularies first and in order",
                        c -> c.withArray("@context").remove(1)),
                fault(
                        "@context does not name its two vocabularies first and in order",
                        c -> c.withArray("@context").remove(0)),
                fault(
                        "@context does not name its two vocabularies first and in order",
                        c -> c.withArray("@context").set(0, "https://www.w3.org/2018/credentials/v1")),
                fault(
                        "@context does not name its two vocabularies first and in order",
                        c -> c.withArray("@context")
                                .removeAll()
                                .add("https://www.w3.org/ns/credentials/v2")
                                .add("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json")),
                fault(
                        "it is neither an Open Badge nor an endorsement nor a record (CLR)",
                        c -> c.putArray("type").add("VerifiableCredential").add("Diploma")),
                fault(
                        "credentialSubject is not of type AchievementSubject",
                        c -> at(c, "/credentialSubject").putArray("type").add("Person")),
                fault(
                        "credentialSubject says neither id nor identifier",
                        c -> at(c, "/credentialSubject").remove("id")),
                fault("credentialSubject says neither id nor identifier", c -> {
                    at(c, "/credentialSubject").remove("id");
                    at(c, "/credentialSubject").putArray("identifier");
                }),
                missing("id"),
                missing("type"),
                missing("name"),
                missing("description"),
                missing("criteria"),
                fault(
                        "credentialSubject.achievement is not of type Achievement",
                        c -> achievement(c).putArray("type").add("Thing")),
                fault(
                        "credentialSubject.achievement is not of type Achievement",
                        c -> achievement(c).put("type", "Thing")),
                fault(
                        "credentialSubject.achievement.criteria says neither id nor narrative",
                        c -> achievement(c).putObject("criteria").put("name", "x")),
                fault(
                        "credentialSubject.result.type is missing",
                        c -> at(c, "/credentialSubject").putArray("result").addObject()),
                fault(
                        "credentialSubject.result.type is missing",
                        c -> at(c, "/credentialSubject").putObject("result")),
                part("resultDescription", "id", "type", "name", "resultType"),
                part("resultDescription", "type", "id", "name", "resultType"),
                part("resultDescription", "name", "id", "type", "resultType"),
                part("resultDescription", "resultType", "id", "type", "name"),
                part("alignment", "type", "targetName", "targetUrl"),
                part("alignment", "targetName", "type", "targetUrl"),
                part("alignment", "targetUrl", "type", "targetName"),
                part("related", "id", "type"),
                part("related", "type", "id"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfABadge")
    void what_a_badge_lacks_is_named(String fault, Consumer<ObjectNode> change) {
        assertThat(checked(SCHOOL.credential(), change)).isEqualTo(faulty(fault));
    }

    static Stream<Arguments> faultsOfARecord() {
        return Stream.of(
                fault("name is missing", c -> c.remove("name")),
                fault(
                        "credentialSubject is not of type ClrSubject",
                        c -> at(c, "/credentialSubject").putArray("type").add("AchievementSubject")),
                fault(
                        "credentialSubject holds no credential",
                        c -> at(c, "/credentialSubject").putArray("verifiableCredential")),
                fault(
                        "credentialSubject holds no credential",
                        c -> at(c, "/credentialSubject").remove("verifiableCredential")),
                fault(
                        "@context does not name its two vocabularies first and in order",
                        c -> c.set("@context", SCHOOL.credential().get("@context"))),
                association("type", "associationType", "sourceId", "targetId"),
                association("associationType", "type", "sourceId", "targetId"),
                association("sourceId", "type", "associationType", "targetId"),
                association("targetId", "type", "associationType", "sourceId"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfARecord")
    void what_a_record_lacks_is_named(String fault, Consumer<ObjectNode> change) {
        assertThat(checked(SCHOOL.record(List.of(SCHOOL.credential())), change)).isEqualTo(faulty(fault));
    }

    @Test
    void an_endorsement_has_the_vocabularies_of_badges_and_needs_no_achievement() {
        var endorsement = SCHOOL.endorsement("https://badges.example.edu/a/1");
        assertThat(Shape.check(endorsement)).isEqualTo(WHOLE);
        endorsement.withArray("@context").remove(1);
        assertThat(Shape.check(endorsement))
                .isEqualTo(faulty("@context does not name its two vocabularies first and in order"));
    }

    static Stream<Arguments> wholeBadges() {
        return Stream.of(
                fault("as it is", c -> {}),
                fault("an end with its begin", c -> c.put("validUntil", "2026-01-15T10:00:00Z")),
                fault("the issuer as an address", c -> c.put("issuer", "did:example:a")),
                fault("no status", c -> c.remove("credentialStatus")),
                fault(
                        "the other name of its type",
                        c -> c.putArray("type").add("VerifiableCredential").add("AchievementCredential")),
                fault(
                        "types in another order",
                        c -> c.putArray("type").add("OpenBadgeCredential").add("VerifiableCredential")),
                fault("a type alone", c -> at(c, "/credentialSubject").put("type", "AchievementSubject")),
                fault(
                        "the vocabulary without its version",
                        c -> c.withArray("@context")
                                .removeAll()
                                .add("https://www.w3.org/ns/credentials/v2")
                                .add("https://purl.imsglobal.org/spec/ob/v3p0/context.json")),
                fault("an identifier in place of an id", c -> {
                    at(c, "/credentialSubject").remove("id");
                    at(c, "/credentialSubject").putArray("identifier").addObject();
                }),
                fault(
                        "criteria at an address",
                        c -> achievement(c).putObject("criteria").put("id", "https://badges.example.edu/criteria")),
                fault("whole parts", c -> {
                    whole(achievement(c).putArray("resultDescription").addObject(), "id", "type", "name", "resultType");
                    whole(achievement(c).putArray("alignment").addObject(), "type", "targetName", "targetUrl");
                    whole(achievement(c).putObject("related"), "id", "type");
                    whole(at(c, "/credentialSubject").putArray("result").addObject(), "type");
                }));
    }

    @ParameterizedTest
    @MethodSource("wholeBadges")
    void what_the_standard_allows_is_no_fault(String name, Consumer<ObjectNode> change) {
        assertThat(checked(SCHOOL.credential(), change)).isEqualTo(WHOLE);
    }

    @Test
    void a_record_with_a_whole_association_is_no_fault() {
        assertThat(checked(
                        SCHOOL.record(List.of(SCHOOL.credential())),
                        c -> whole(
                                at(c, "/credentialSubject")
                                        .putArray("association")
                                        .addObject(),
                                "type",
                                "associationType",
                                "sourceId",
                                "targetId")))
                .isEqualTo(WHOLE);
    }

    @Test
    void the_published_schema_finds_more_and_is_not_asked_where_our_own_reading_finds_something() {
        Shared.folder();
        assertThat(Shape.check(SCHOOL.credential(), Stranger.STANDARDS))
                .isEqualTo(new Check("schema", true, "It is as the published JSON Schema of its standard asks."));
        var lacking = SCHOOL.credential();
        achievement(lacking).remove("name");
        assertThat(Shape.check(lacking, Stranger.STANDARDS))
                .isEqualTo(faulty("credentialSubject.achievement.name is missing"));
        var proofless = SCHOOL.credential();
        achievement(proofless).put("achievementType", 5);
        assertThat(Shape.check(proofless, Stranger.STANDARDS).passed()).isFalse();
        assertThat(Shape.check(proofless, Stranger.STANDARDS).sentence())
                .startsWith("It is not as the published JSON Schema of its standard asks: ")
                .contains("achievementType");
    }

    @ParameterizedTest
    @ValueSource(strings = {"badge", "endorsement", "record"})
    void each_kind_is_held_against_the_schema_of_its_own(String kind) {
        var asked = new ArrayList<String>();
        var standards = new Standards(
                address -> {
                    asked.add(address.toString());
                    throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
                },
                null,
                new SettableClock());
        var credential = switch (kind) {
            case "badge" -> SCHOOL.credential();
            case "endorsement" -> SCHOOL.endorsement("urn:uuid:1");
            default -> SCHOOL.record(List.of(SCHOOL.credential()));
        };
        assertThat(Shape.check(credential, standards))
                .isEqualTo(
                        new Check(
                                "schema",
                                null,
                                "It has the parts that its standard requires; the published schema could not be fetched to compare the rest."));
        assertThat(asked)
                .containsExactly(
                        switch (kind) {
                            case "badge" -> Standards.BADGE_SCHEMA;
                            case "endorsement" -> Standards.ENDORSEMENT_SCHEMA;
                            default -> Standards.RECORD_SCHEMA;
                        });
    }

    private static Check checked(ObjectNode credential, Consumer<ObjectNode> change) {
        change.accept(credential);
        return Shape.check(credential);
    }

    private static Check faulty(String fault) {
        return new Check("schema", false, "It is not as its standard requires: " + fault + ".");
    }

    private static Arguments fault(String fault, Consumer<ObjectNode> change) {
        return Arguments.of(fault, change);
    }

    private static Arguments missing(String member) {
        return fault(
                "credentialSubject.achievement." + member + " is missing",
                c -> achievement(c).remove(member));
    }

    private static Arguments part(String list, String missing, String... others) {
        return fault(
                list + "." + missing + " is missing",
                c -> whole(achievement(c).putArray(list).addObject(), others));
    }

    private static Arguments association(String missing, String... others) {
        return fault(
                "association." + missing + " is missing",
                c -> whole(at(c, "/credentialSubject").putArray("association").addObject(), others));
    }

    private static void whole(ObjectNode part, String... members) {
        for (var member : members) {
            part.put(member, "x");
        }
    }

    private static ObjectNode achievement(ObjectNode credential) {
        return at(credential, "/credentialSubject/achievement");
    }

    private static ObjectNode at(ObjectNode json, String pointer) {
        return (ObjectNode) json.at(pointer);
    }
}
