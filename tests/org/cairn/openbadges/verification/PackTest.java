package org.cairn.openbadges.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cairn.AccountId;
import org.cairn.Problem;
import org.cairn.award.Award;
import org.cairn.award.Records;
import org.cairn.catalog.IssuerStore;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.Pack;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.cairn.outbound.Outbound;
import org.cairn.testing.Databases;
import org.cairn.testing.Shared;
import org.cairn.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pack brings says something where nobody else does, and never more than that. */
class PackTest {

    private static final Function<URI, byte[]> NOBODY = address -> {
        throw new Problem(Problem.Kind.UPSTREAM, Outbound.UNREACHABLE, "Nobody answers there.");
    };
    private static final Function<URI, byte[]> SOMEBODY_ELSE = address -> {
        throw new Problem(Problem.Kind.UPSTREAM, "upstream_failed", "It answered with status 404.");
    };

    private static World world;
    private static IssuerProfile issuer;
    private static Credential credential;
    private static Pack pack;

    @BeforeAll
    static void pack() {
        world = new World(Databases.H2);
        world.define("soldering", "{'score':'quiz','atLeast':70}");
        issuer = world.database.inTransaction(db -> IssuerStore.get(db, world.tenant));
        credential = issued("ada");
        pack = packed(credential, NOBODY);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void what_its_issuer_cannot_be_asked_about_stood_when_it_was_packed() {
        var verification = verify(pack.zip(), NOBODY, Duration.ofDays(3650));
        assertThat(verification.verdict()).as(verification.checks().toString()).isEqualTo(Verdict.STOOD);
        assertThat(verification.isValid()).isFalse();
        var said = verification.checks().getLast();
        assertThat(said.name()).isEqualTo("pack");
        assertThat(said.passed()).isNull();
        assertThat(said.sentence())
                .contains("stood on " + world.clock.instant().toString().substring(0, 10), "keys of their own");
    }

    @Test
    void where_its_issuer_answers_that_counts_and_the_pack_does_not() {
        var other = issued("grace");
        var before = packed(other, NOBODY);
        assertThat(verify(before.zip(), PackTest::live, Duration.ZERO).verdict())
                .isEqualTo(Verdict.VALID);
        world.database.inTransaction(db -> {
            world.credentials.revoke(db, world.tenant, List.of(other.award()), world.clock.instant());
            return null;
        });
        assertThat(verify(before.zip(), PackTest::live, Duration.ZERO).verdict())
                .isEqualTo(Verdict.REVOKED);
        assertThat(verify(before.zip(), NOBODY, Duration.ZERO).verdict()).isEqualTo(Verdict.STOOD);
        assertThat(verify(packed(other, NOBODY).zip(), NOBODY, Duration.ZERO).verdict())
                .isEqualTo(Verdict.UNCHECKED);
    }

    @Test
    void a_host_that_says_that_there_is_no_such_issuer_has_answered() {
        assertThat(verify(pack.zip(), SOMEBODY_ELSE, Duration.ZERO).verdict()).isEqualTo(Verdict.UNCHECKED);
    }

    @Test
    void a_list_that_only_the_pack_has_leaves_what_its_issuer_signs_for_now_to_the_pack() {
        Function<URI, byte[]> withoutLists =
                address -> address.getPath().contains("/status/") ? NOBODY.apply(address) : live(address);
        var verification = verify(pack.zip(), withoutLists, Duration.ZERO);
        assertThat(verification.verdict()).isEqualTo(Verdict.STOOD);
        assertThat(verification.checks().getLast().sentence()).doesNotContain("keys of their own");
    }

    /** Anybody can do this. So nothing that rests on a pack's keys is called genuine in the present. */
    @Test
    void keys_that_were_made_up_make_nothing_genuine() {
        try (var forger = new Stranger()) {
            var whole = forged(forger, c -> {});
            assertThat(verify(whole, NOBODY, Duration.ZERO).verdict()).isEqualTo(Verdict.STOOD);
            assertThat(verify(whole, PackTest::live, Duration.ZERO).verdict()).isEqualTo(Verdict.UNCHECKED);
            for (var verification : List.of(
                    forgedAndVerified(forger, c -> c.put("validUntil", "2026-02-01T00:00:00Z")),
                    forgedAndVerified(forger, c -> c.put("validFrom", "2099-01-01T00:00:00Z")),
                    forgedAndVerified(
                            forger, c -> ((ObjectNode) c.at("/credentialSubject/achievement")).remove("criteria")))) {
                assertThat(verification.verdict()).isEqualTo(Verdict.UNCHECKED);
            }
            var changed = forged(forger, c -> {});
            var other = parts(Pack.read(changed));
            other.replaceAll(part -> part.name().equals(Pack.JSON)
                    ? new Pack.Part(Pack.JSON, null, part.text().replace("Löten 电路", "Schmieden"))
                    : part);
            assertThat(verify(new Pack(Instant.EPOCH, other, List.of()).zip(), NOBODY, Duration.ZERO)
                            .verdict())
                    .isEqualTo(Verdict.NOT_GENUINE);
        }
    }

    @Test
    void a_key_that_is_its_issuers_name_needs_nobody() {
        try (var stranger = new Stranger()) {
            var bare = stranger.credential();
            ((ObjectNode) bare.get("issuer")).put("id", stranger.didKey());
            bare.remove("credentialStatus");
            var text = stranger.proved(
                    bare, stranger.proof(stranger.didKey() + "#" + stranger.multibase()), stranger.edwards);
            var zip = new Pack(Instant.EPOCH, List.of(new Pack.Part(Pack.JSON, null, text)), List.of()).zip();
            assertThat(verify(zip, NOBODY, Duration.ZERO).verdict()).isEqualTo(Verdict.VALID);
        }
    }

    @Test
    void it_holds_both_forms_and_says_what_it_lacks() {
        assertThat(pack.parts())
                .extracting(Pack.Part::name)
                .contains(
                        "README.txt",
                        "credential.jwt",
                        "credential.json",
                        "issuer.json",
                        "status.json",
                        "excerpts/ns-credentials-v2.json");
        assertThat(pack.missing()).contains("https://www.w3.org/ns/credentials/v2", Standards.BADGE_SCHEMA);
        assertThat(pack.text("README.txt").orElseThrow())
                .contains("Here University", "credential.jwt", "statusListIndex");
        Shared.folder();
        var complete = packed(credential, PublishedFiles::fetch);
        assertThat(complete.missing()).isEmpty();
        assertThat(complete.text("published/ns-credentials-v2.json")).isPresent();
        assertThat(complete.parts()).noneMatch(part -> part.name().startsWith("excerpts/"));
    }

    @Test
    void a_published_schema_that_it_brings_is_used_and_one_that_was_changed_is_not() {
        Shared.folder();
        var complete = packed(credential, PublishedFiles::fetch);
        assertThat(schema(complete)).isTrue();
        var changed = parts(complete);
        changed.replaceAll(part -> Standards.BADGE_SCHEMA.equals(part.address())
                ? new Pack.Part(part.name(), part.address(), "{}")
                : part);
        assertThat(schema(new Pack(Instant.EPOCH, changed, List.of()))).isNull();
    }

    static Stream<Arguments> damaged() {
        var made = new LinkedHashMap<String, byte[]>();
        made.put("file_changed", entries(files -> files.put("status.json", "{}")));
        made.put("file_missing", entries(files -> files.remove("issuer.json")));
        made.put("file_added", entries(files -> files.put("more.json", "{}")));
        made.put("manifest_missing", entries(files -> files.remove("manifest.json")));
        made.put("manifest_that_is_none", entries(files -> files.put("manifest.json", "[]")));
        made.put("manifest_without_a_time", entries(files -> files.put("manifest.json", "{\"files\":[]}")));
        made.put("name_that_leads_out", entries(files -> files.put("../../evil.json", "{}")));
        made.put("name_from_the_root", entries(files -> files.put("/evil.json", "{}")));
        made.put("name_of_another_system", entries(files -> files.put("c:\\evil.json", "{}")));
        made.put("name_with_a_zero", entries(files -> files.put("evil\0.json", "{}")));
        made.put("name_of_a_folder", entries(files -> files.put("published/", "")));
        made.put(
                "file_that_becomes_a_hundred_megabytes",
                entries(files -> files.put("b.json", " ".repeat(100_000_000))));
        made.put("thousands_of_files", entries(files -> {
            for (int i = 0; i < 5_000; i++) {
                files.put(i + ".json", "{}");
            }
        }));
        made.put("not_text", entries(files -> files.put("a.bin", "\uD800")));
        made.put("two_credentials", withOther());
        made.put("no_credential", new Pack(Instant.EPOCH, List.of(), List.of()).zip());
        made.put("cut", Arrays.copyOf(pack.zip(), 2_000));
        made.put("nothing_but_a_header", new byte[] {'P', 'K', 3, 4});
        made.put("larger_than_2_MB", Arrays.copyOf(pack.zip(), 2 * 1024 * 1024 + 1));
        return made.entrySet().stream().map(one -> Arguments.of(Named.of(one.getKey(), one.getValue())));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void a_pack_that_is_not_whole_is_unreadable(byte[] zip) {
        var verification = verify(zip, PackTest::live, Duration.ZERO);
        assertThat(verification.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(verification.checks().getFirst().sentence()).matches("(The (ZIP|pack)|It) .*\\.");
    }

    @Tag("slow")
    @Test
    void a_record_is_packed_with_all_that_its_parts_need_and_one_part_that_was_revoked_spoils_it() {
        try (var other = new World(Databases.H2)) {
            other.define(Map.of(
                    "one", "{'score':'one','atLeast':70}",
                    "two", "{'score':'two','atLeast':70}",
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}"));
            var part = other.grade("ada", "one", 90).awards().getFirst();
            var stack = other.grade("ada", "two", 90).awards().stream()
                    .filter(award -> award.achievement().value().equals("stack"))
                    .findFirst()
                    .orElseThrow();
            var whole = verify(record(other, stack).zip(), NOBODY, Duration.ofDays(3650));
            assertThat(whole.verdict()).as(whole.checks().toString()).isEqualTo(Verdict.STOOD);
            assertThat(whole.parts()).hasSize(3).allMatch(one -> one.verdict() == Verdict.STOOD);
            assertThat(record(other, stack).text("README.txt").orElseThrow())
                    .contains("all that it is stacked from")
                    .doesNotContain("credential.jwt   the");
            other.awarding.revoke(other.tenant, part.id(), AccountId.fresh(), "A test");
            var spoilt = verify(record(other, stack).zip(), NOBODY, Duration.ZERO);
            assertThat(spoilt.verdict()).isEqualTo(Verdict.UNCHECKED);
            assertThat(spoilt.checks()).anyMatch(check -> check.name().equals("parts") && check.isFailed());
        }
    }

    @Test
    void a_pack_with_bytes_changed_anywhere_is_never_valid_in_another_way() {
        var zip = pack.zip();
        var whole = verify(zip, PackTest::live, Duration.ZERO).credential();
        var random = new Random(20261126);
        for (int i = 0; i < 300; i++) {
            var changed = Arrays.copyOf(zip, zip.length);
            changed[4 + random.nextInt(zip.length - 4)] = (byte) random.nextInt();
            var verification = verify(changed, PackTest::live, Duration.ZERO);
            if (verification.verdict() != Verdict.UNREADABLE) {
                assertThat(verification.credential()).isEqualTo(whole);
            }
        }
    }

    private static byte[] withOther() {
        var parts = parts(pack);
        parts.replaceAll(part -> part.name().equals(Pack.JSON)
                ? new Pack.Part(Pack.JSON, null, part.text().replace("About soldering", "About brazing"))
                : part);
        return new Pack(Instant.EPOCH, parts, List.of()).zip();
    }

    private static byte[] forged(Stranger forger, Consumer<ObjectNode> change) {
        var said = forger.credential();
        change.accept(said);
        var parts = List.of(
                new Pack.Part(Pack.JSON, null, forger.proved(said)),
                new Pack.Part(
                        "issuer.json", forger.issuer(), forger.controller().toString()),
                new Pack.Part("status.json", forger.issuer() + "/status", forger.published.get("/issuer/status")));
        return new Pack(Instant.EPOCH, parts, List.of()).zip();
    }

    private static Verification forgedAndVerified(Stranger forger, Consumer<ObjectNode> change) {
        return verify(forged(forger, change), NOBODY, Duration.ZERO);
    }

    private static List<Pack.Part> parts(Pack pack) {
        return new ArrayList<>(pack.parts());
    }

    private static Boolean schema(Pack shown) {
        return verify(shown.zip(), NOBODY, Duration.ZERO).checks().stream()
                .filter(check -> check.name().equals("schema"))
                .findFirst()
                .orElseThrow()
                .passed();
    }

    private static byte[] entries(Consumer<Map<String, String>> change) {
        var whole = pack.zip();
        var files = new LinkedHashMap<String, String>();
        Pack.read(whole).parts().forEach(part -> files.put(part.name(), part.text()));
        files.put("manifest.json", manifest(whole));
        change.accept(files);
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(
                        file.getValue().equals("\uD800")
                                ? new byte[] {(byte) 0xff}
                                : file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String manifest(byte[] whole) {
        try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(whole))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("manifest.json")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
            throw new IllegalStateException("It has none.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Credential issued(String sub) {
        return world.credential(world.grade(sub, "quiz", 90).awards().getFirst().id());
    }

    private static Pack packed(Credential of, Function<URI, byte[]> published) {
        return new Packs(world.database, world.credentials, documents(), standards(published), world.clock)
                .of(of, issuer);
    }

    private static Pack record(World world, Award certificate) {
        var form = world.credential(certificate.id());
        var record = new Records(world.database, world.catalogues, world.credentials, world.clock).of(form);
        return new Packs(
                        world.database,
                        world.credentials,
                        new IssuerDocuments(world.keys),
                        standards(NOBODY),
                        world.clock)
                .of(
                        record.text(),
                        record.credentials(),
                        world.database.inTransaction(db -> IssuerStore.get(db, world.tenant)));
    }

    private static IssuerDocuments documents() {
        return new IssuerDocuments(world.keys);
    }

    private static Standards standards(Function<URI, byte[]> published) {
        return new Standards(published, null, world.clock);
    }

    private static Verification verify(byte[] zip, Function<URI, byte[]> fetch, Duration later) {
        return new Verifier(fetch, standards(NOBODY), id -> Optional.empty())
                .verify(zip, world.clock.instant().plus(later));
    }

    /** Our issuer as it is now; whoever else's host answers that there is nothing. */
    private static byte[] live(URI address) {
        var name = world.credentials.addresses().issuer(issuer.id());
        var list = name + "/status/0";
        var text = world.database.inTransaction(db -> {
            if (address.toString().equals(name)) {
                return documents().controller(db, issuer.id(), name).toString();
            }
            return address.toString().equals(list)
                    ? documents().statusList(db, issuer, name, list, 0, false, world.clock.instant())
                    : null;
        });
        return text == null ? SOMEBODY_ELSE.apply(address) : text.getBytes(StandardCharsets.UTF_8);
    }
}
