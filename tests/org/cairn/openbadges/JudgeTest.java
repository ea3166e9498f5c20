package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cairn.AccountId;
import org.cairn.AchievementId;
import org.cairn.PlatformId;
import org.cairn.award.Award;
import org.cairn.award.AwardStore;
import org.cairn.award.Handover;
import org.cairn.award.Issuers;
import org.cairn.award.Renewing;
import org.cairn.award.Sharing;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerStore;
import org.cairn.openbadges.wallet.Wallet;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;

/** What libraries that are not ours say of a credential that the demo issued, fetching its issuer and status list over HTTP. */
class JudgeTest {

    @Test
    void the_judges_say_valid_and_after_its_revocation_not_valid() {
        Judges.require();
        try (var app = TestApp.start()) {
            app.sandbox().sendAll();
            app.settle();
            var awards = awards(app, "10");
            assertThat(awards).hasSize(2);
            var files = files(app, awards);
            var verdicts = Judges.judged(files);
            assertThat(verdicts).hasSize(8);
            for (var verdict : verdicts) {
                assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isTrue();
            }
            var revoked = awards.getFirst();
            app.cairn().awarding().revoke(revoked.tenant(), revoked.id(), AccountId.fresh(), "A test");
            var after = Judges.judged(files);
            for (var verdict : after.subList(0, 4)) {
                assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isFalse();
                assertThat(verdict.path("proof").asText()).isEqualTo("ok");
                assertThat(verdict.path("status").toString()).contains("revocation: true");
            }
            assertThat(after.getLast().path("valid").asBoolean())
                    .as("%s", after.getLast())
                    .isTrue();
        }
    }

    @Test
    void the_judges_say_valid_of_an_issuer_that_is_a_did_web_and_of_one_that_is_its_key() {
        Judges.require();
        try (var app = TestApp.start()) {
            app.sandbox().sendAll();
            app.settle();
            var awards = awards(app, "10").subList(0, 1);
            var tenant = awards.getFirst().tenant();
            var cairn = app.cairn();
            var clock = Clock.tick(Clock.systemUTC(), Duration.ofSeconds(1));
            var credentials = new Credentials(new Addresses(app.url()), cairn.keys());
            var issuers = new Issuers(
                    cairn.database(),
                    new Catalogues(),
                    credentials,
                    new IssuerDocuments(cairn.keys()),
                    address -> new byte[0],
                    clock);
            var did = cairn.database()
                    .inTransaction(db -> credentials
                            .addresses()
                            .did(IssuerStore.get(db, tenant).id()));
            issuers.nameByWeb(tenant, did);
            new Renewing(cairn.database(), credentials, new Endorsing(credentials.addresses(), cairn.keys()), clock)
                    .renewAll();
            assertThat(new String(Files.readAllBytes(files(app, awards).get(1)), StandardCharsets.UTF_8))
                    .contains("\"id\":\"" + did + "\"");
            for (var verdict : Judges.judged(files(app, awards))) {
                assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isTrue();
            }
            issuers.nameByKey(tenant);
            new Renewing(cairn.database(), credentials, new Endorsing(credentials.addresses(), cairn.keys()), clock)
                    .renewAll();
            // They read no tokens of a did:key, and no EdDSA in tokens.
            for (var verdict : Judges.judged(files(app, awards).subList(1, 4))) {
                assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isTrue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void
            the_judges_say_valid_of_a_certificate_with_all_that_it_is_stacked_from_and_after_a_part_was_revoked_not_valid() {
        Judges.require();
        try (var app = TestApp.start()) {
            app.sandbox().sendAll();
            app.settle();
            var parts = awards(app, "10");
            app.offer("2", "both", "{'sum':'awards','atLeast':2,'limits':[{'maxAwards':5,'of':{'level':1}}]}");
            var tenant = parts.getFirst().tenant();
            var stack = app.cairn()
                    .awarding()
                    .reconsider(tenant, List.of(parts.getFirst().learner()), List.of(new AchievementId("both")))
                    .getFirst();
            var credential = app.cairn()
                    .database()
                    .inTransaction(db -> db.fetchSingle(
                                    "select id from credential where award_id = ?",
                                    stack.id().value())
                            .get(0, String.class));
            app.showAll();
            var address = app.url() + "/credentials/" + credential + ".clr.json";
            var file = written(Path.of("target/judges/both.clr.json"), fetched(address));
            var record = Judges.json(new String(fetched(address), StandardCharsets.UTF_8));
            assertThat(record.path("credentialSubject").path("verifiableCredential"))
                    .hasSize(3);
            assertThat(record.path("credentialSubject").path("association"))
                    .hasSize(2)
                    .allSatisfy(one -> {
                        assertThat(one.path("associationType").asText()).isEqualTo("isPartOf");
                        assertThat(one.path("sourceId").asText()).doesNotEndWith("/both/1");
                        assertThat(one.path("targetId").asText()).endsWith("/both/1");
                    });
            var before = Judges.judged(List.of(file)).getFirst();
            assertThat(before.path("valid").asBoolean()).as("%s", before).isTrue();
            app.cairn().awarding().revoke(tenant, parts.getFirst().id(), AccountId.fresh(), "A test");
            var after = Judges.judged(List.of(file)).getFirst();
            assertThat(after.path("valid").asBoolean()).as("%s", after).isFalse();
        }
    }

    @Test
    void the_judges_say_valid_of_whatever_a_learner_chooses_to_tell() {
        Judges.require();
        try (var app = TestApp.start()) {
            app.sandbox().sendAll();
            app.settle();
            var award = awards(app, "10").getFirst();
            var credentials =
                    new Credentials(new Addresses(app.url()), app.cairn().keys());
            var sharing = new Sharing(app.cairn().database(), new Catalogues(), credentials, Clock.systemUTC());
            var files = new ArrayList<Path>();
            for (var told : List.of(
                    new Disclosure(true, true, "Ada \"Löwe\" O’Byron 电路 مها"), new Disclosure(false, false, null))) {
                var form = sharing.form(award.tenant(), award.learner(), award.id(), told);
                app.showAll();
                for (var ending : List.of(".jwt", ".json")) {
                    var address = app.url() + "/credentials/" + form.id() + ending;
                    files.add(written(Path.of("target/judges/chosen-" + files.size() + ending), fetched(address)));
                }
            }
            files.addAll(inWallet(app, credentials, sharing, award));
            assertThat(Judges.judged(files))
                    .hasSize(6)
                    .allSatisfy(verdict -> assertThat(verdict.path("valid").asBoolean())
                            .as("%s", verdict)
                            .isTrue());
        }
    }

    /** What a wallet gets for a key of its own, in both forms. */
    private static List<Path> inWallet(TestApp app, Credentials credentials, Sharing sharing, Award award) {
        var clock = Clock.systemUTC();
        var database = app.cairn().database();
        var handover = new Handover(database, new Catalogues(), credentials, sharing, clock);
        var form = sharing.form(award.tenant(), award.learner(), award.id(), Disclosure.USUAL);
        var offer = handover.offer(award.tenant(), award.learner(), award.id(), form.id());
        var wallet = Wallet.p256(Wallet.Naming.DID_JWK).did();
        var copy = handover.copy(handover.take(offer.code(), offer.pin()), wallet);
        var proved = database.inTransaction(db -> credentials.proved(db, copy, clock.instant()));
        return List.of(
                written(Path.of("target/judges/in-wallet.jwt"), copy.jwt().getBytes(StandardCharsets.UTF_8)),
                written(Path.of("target/judges/in-wallet.json"), proved.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Award> awards(TestApp app, String sub) {
        return app.cairn().database().inTransaction(db -> {
            var tenant =
                    TenantStore.find(db, "example-university").orElseThrow().id();
            var platform = org.cairn.lti.PlatformStore.find(db, app.sandbox().url(), "cairn-demo")
                    .orElseThrow();
            PlatformId id = platform.id();
            var learner = AccountStore.findOrCreate(
                            db, tenant, id, List.of(Person.unnamed(sub)), java.time.Instant.EPOCH)
                    .get(sub)
                    .learner();
            return AwardStore.list(db, tenant, learner);
        });
    }

    private static List<Path> files(TestApp app, List<Award> awards) {
        app.showAll();
        return awards.stream()
                .flatMap(award -> {
                    var id = app.cairn()
                            .database()
                            .inTransaction(db -> db.fetchSingle(
                                            "select id from credential where award_id = ?",
                                            award.id().value())
                                    .get(0, String.class));
                    return Stream.of(".jwt", ".json", ".png", ".svg")
                            .map(form -> written(
                                    Path.of("target/judges/" + award.achievement() + form),
                                    fetched(app.url() + "/credentials/" + id + form)));
                })
                .toList();
    }

    private static byte[] fetched(String address) {
        try (var stream = URI.create(address).toURL().openStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path written(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
